package dev.blastwall.protocol.postgresql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A FunctionCall message (manual, "Message Formats"). It names a function by number; policy judges
 * the query that would call the same function.
 *
 * @param function the function's OID
 * @param values the arguments, as {@link BoundValues#read} gives them
 * @param binary whether the result shall come in binary form
 */
record FunctionCall(int function, List<@Nullable String> values, boolean binary) {

  /**
   * What the catalog knows of a function.
   *
   * @param name its name, qualified and quoted as SQL needs it
   * @param result the OID of its result's type
   */
  record Called(String name, int result) {}

  static FunctionCall read(Body body) {
    int function = body.int32();
    List<@Nullable String> values = BoundValues.read(body);
    boolean binary = body.int16() != 0;
    body.end();
    return new FunctionCall(function, values, binary);
  }

  /** The query that calls it with the same arguments. */
  String query(Called called) {
    return IntStream.rangeClosed(1, values.size())
        .mapToObj(i -> "$" + i)
        .collect(Collectors.joining(", ", "SELECT " + called.name() + "(", ")"));
  }

  /** The one column of its result. */
  WireColumn column(Called called) {
    return new WireColumn(called.name(), 0, (short) 0, called.result(), binary);
  }

  Report unknown() {
    return PostgresqlReplies.failed(
        SqlState.UNDEFINED_FUNCTION,
        "function with OID " + Integer.toUnsignedString(function) + " does not exist",
        "A function that this transaction made can be called in a query.");
  }
}
