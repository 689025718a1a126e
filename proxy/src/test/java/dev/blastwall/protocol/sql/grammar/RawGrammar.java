package dev.blastwall.protocol.sql.grammar;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a module says about a text, to the letter. */
final class RawGrammar {

  private static final Path AUTHORS =
      Path.of("target/npm/node_modules/libpg-query/wasm/libpg-query.wasm");

  private final Instance module;

  private RawGrammar(WasmModule wasm, Function<Instance, Machine> machine) {
    module =
        Instance.builder(wasm)
            .withImportValues(ModuleImports.of(wasm))
            .withMachineFactory(machine)
            .withMemoryFactory(ByteArrayMemory::new)
            .withMemoryLimits(new MemoryLimits(64, 4096))
            .build();
    call("constructors");
  }

  /** The module that ships: split, and compiled by the build. */
  static RawGrammar ofTheBuild() {
    return new RawGrammar(LibPgQuery.load(), LibPgQuery::create);
  }

  /** The module as its authors released it, interpreted. */
  static RawGrammar ofTheAuthors() {
    return new RawGrammar(Parser.parse(AUTHORS), InterpreterMachine::new);
  }

  /** The tree as JSON and the fingerprint, or every field of the error. */
  String parse(String sql) {
    int text = write(sql);
    int result = call("wasm_parse_query_raw", text);
    int error = memory().readInt(result + 8);
    String parsed = error == 0 ? tree(result, text) : error(error);
    call("wasm_free_parse_result", result);
    call("free", text);
    return parsed;
  }

  private String tree(int result, int text) {
    int fingerprint = call("wasm_fingerprint", text);
    String tree = string(result) + "\n" + memory().readCString(fingerprint);
    call("wasm_free_string", fingerprint);
    return tree;
  }

  /** Message, function, file; line and position. */
  private String error(int error) {
    return IntStream.of(0, 4, 8)
        .mapToObj(field -> string(error + field))
        .collect(Collectors.joining("|", "", ""))
        .concat("|" + memory().readInt(error + 12) + "|" + memory().readInt(error + 16));
  }

  private String string(int pointer) {
    return memory().readCString(memory().readInt(pointer));
  }

  private int write(String sql) {
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int address = call("malloc", utf8.length + 1);
    memory().write(address, utf8);
    memory().writeByte(address + utf8.length, (byte) 0);
    return address;
  }

  private Memory memory() {
    return module.memory();
  }

  private int call(String function, long... args) {
    long[] results = module.export(ModuleNames.exported(function)).apply(args);
    return results == null || results.length == 0 ? 0 : (int) results[0];
  }
}
