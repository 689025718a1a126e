package dev.blastwall.protocol.sql.grammar;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One instance of the grammar. Not thread-safe. After any exception its memory is in doubt: throw
 * the instance away and make another.
 */
public final class Grammar {

  // The module asks for 128 MiB, enough for its largest user; it needs less than one to start.
  private static final int INITIAL_PAGES = 64;
  private static final int MAXIMUM_PAGES = 4096;

  // A tree takes ten times this much as objects.
  private static final int MAXIMUM_TREE_BYTES = 8 << 20;

  // The C structs PgQueryParseResult and PgQueryError: 32-bit fields, see pg_query.h.
  private static final int RESULT_TREE = 0;
  private static final int RESULT_ERROR = 8;
  private static final int ERROR_MESSAGE = 0;
  private static final int ERROR_POSITION = 16;

  private final Instance module;
  private final Memory memory;

  /** A fresh instance; the first one also loads the code, which takes about a second. */
  public Grammar() {
    WasmModule wasm = LibPgQuery.load();
    module =
        Instance.builder(wasm)
            .withImportValues(ModuleImports.of(wasm))
            .withMachineFactory(LibPgQuery::create)
            .withMemoryFactory(ByteArrayMemory::new)
            .withMemoryLimits(new MemoryLimits(INITIAL_PAGES, MAXIMUM_PAGES))
            .build();
    memory = module.memory();
    call("constructors");
  }

  /**
   * Reads {@code sql}.
   *
   * @param sql text without the character NUL, which would hide what follows it
   * @throws RuntimeException when the grammar fails otherwise than by a syntax error
   */
  public Parsed parse(String sql) {
    int text = write(sql);
    int result = call("wasm_parse_query_raw", text);
    int error = memory.readInt(result + RESULT_ERROR);
    Parsed parsed = error == 0 ? tree(result) : syntaxError(error);
    call("wasm_free_parse_result", result);
    call("free", text);
    return parsed;
  }

  /** A number that is the same for texts whose trees differ in constants only. */
  String fingerprint(String sql) {
    int text = write(sql);
    int result = call("wasm_fingerprint", text);
    String fingerprint = new String(bytes(result), StandardCharsets.UTF_8);
    call("wasm_free_string", result);
    call("free", text);
    return fingerprint;
  }

  /**
   * Reads the code in PL/pgSQL that {@code sql} brings along.
   *
   * @param sql a text that {@link #parse} accepts; every function and block in it has its code as a
   *     string
   * @return its functions and blocks in order, those in other languages without an {@code action};
   *     empty when PL/pgSQL's parser refuses one of them
   * @throws RuntimeException when the parser fails otherwise than by such an error
   */
  public Optional<List<Node>> plpgsql(String sql) {
    int text = write(sql);
    int result = call("wasm_parse_plpgsql", text);
    byte[] answer = bytes(result);
    call("wasm_free_string", result);
    call("free", text);
    // Either the functions as JSON or the words of an error.
    return answer.length > 0 && answer[0] == '{'
        ? Optional.of(TreeReader.functions(answer))
        : Optional.empty();
  }

  private Parsed tree(int result) {
    return new Parsed.Tree(TreeReader.read(bytes(memory.readInt(result + RESULT_TREE))));
  }

  private Parsed syntaxError(int error) {
    byte[] message = bytes(memory.readInt(error + ERROR_MESSAGE));
    return new Parsed.SyntaxError(
        new String(message, StandardCharsets.UTF_8),
        Math.max(0, memory.readInt(error + ERROR_POSITION)));
  }

  private int write(String sql) {
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int address = call("malloc", utf8.length + 1);
    if (address == 0) {
      throw new IllegalStateException("the parser's memory is full");
    }
    memory.write(address, utf8);
    memory.writeByte(address + utf8.length, (byte) 0);
    return address;
  }

  private byte[] bytes(int address) {
    int end = address;
    while (memory.read(end) != 0) {
      end++;
    }
    if (end - address > MAXIMUM_TREE_BYTES) {
      throw new IllegalStateException("the parse tree is too large");
    }
    return memory.readBytes(address, end - address);
  }

  private int call(String function, long... args) {
    long[] results = module.export(ModuleNames.exported(function)).apply(args);
    return results == null || results.length == 0 ? 0 : (int) results[0];
  }
}
