package dev.blastwall.protocol.sql.grammar;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.util.Arrays;
import java.util.List;

/**
 * What Emscripten's runtime gives the module, as far as a parser needs it: no files, no clock, no
 * way out. PostgreSQL reports errors by {@code longjmp}, which is an exception here.
 */
final class ModuleImports {

  private static final long[] NOTHING = {};
  private static final long[] ZERO = {0};
  private static final long[] ONE = {1};

  private ModuleImports() {}

  static ImportValues of(WasmModule module) {
    List<ImportFunction> functions =
        module.importSection().stream()
            .filter(wanted -> wanted.importType() == ExternalType.FUNCTION)
            .map(wanted -> function(module, (FunctionImport) wanted))
            .toList();
    return ImportValues.builder().withFunctions(functions).build();
  }

  private static ImportFunction function(WasmModule module, FunctionImport wanted) {
    String name = ModuleNames.imported(wanted.name());
    return new HostFunction(
        wanted.module(),
        wanted.name(),
        module.typeSection().getType(wanted.typeIndex()),
        implementation(name));
  }

  private static WasmFunctionHandle implementation(String name) {
    if (name.startsWith("invoke_")) {
      return name.startsWith("invoke_v") ? invoke(NOTHING) : invoke(ZERO);
    }
    return switch (name) {
      case "emscripten_throw_longjmp" -> ModuleImports::longJump;
      case "emscripten_resize_heap" -> ModuleImports::resizeHeap;
      case "fd_write", "fd_read", "fd_seek", "fd_close", "setitimer_js" -> (module, args) -> ZERO;
      case "emscripten_runtime_keepalive_clear" -> (module, args) -> NOTHING;
      case "assert_fail", "abort_js", "exit", "proc_exit" -> (module, args) -> dead(name);
      default -> throw new IllegalStateException("the module imports an unknown " + name);
    };
  }

  /** Calls through the table, as {@code setjmp} does: a long jump ends here. */
  private static WasmFunctionHandle invoke(long[] afterJump) {
    return (module, args) -> {
      long stack = call(module, "emscripten_stack_get_current")[0];
      try {
        int function = module.table(0).requiredRef((int) args[0]);
        return module.getMachine().call(function, Arrays.copyOfRange(args, 1, args.length));
      } catch (LongJump jump) {
        call(module, "emscripten_stack_restore", stack);
        call(module, "setThrew", 1, 0);
        return afterJump;
      }
    };
  }

  private static long[] call(Instance module, String function, long... args) {
    return module.export(ModuleNames.exported(function)).apply(args);
  }

  private static long[] longJump(Instance module, long... args) {
    throw LongJump.INSTANCE;
  }

  private static long[] resizeHeap(Instance module, long... args) {
    Memory memory = module.memory();
    long wanted = Math.ceilDiv(Integer.toUnsignedLong((int) args[0]), Memory.PAGE_SIZE);
    long missing = wanted - memory.pages();
    return missing <= 0 || memory.grow((int) missing) >= 0 ? ONE : ZERO;
  }

  private static long[] dead(String how) {
    throw new IllegalStateException("the parser ended by " + how);
  }

  /** Thrown thousands of times a second on bad SQL, so it carries no trace. */
  private static final class LongJump extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final LongJump INSTANCE = new LongJump();

    private LongJump() {
      super("longjmp", null, false, false);
    }
  }
}
