package dev.blastwall.policy;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.time.Instant;

/**
 * The document {@code input} of a session that is over, made again of what {@link InputJson} wrote.
 *
 * @param session its id
 * @param principal {@code input.principal}
 * @param connection {@code input.connection}
 * @param client {@code input.client}
 */
public record RecordedInput(String session, Value principal, Value connection, Value client) {

  /** The question whether the session may begin. */
  public Value connect(Instant asked) {
    return question("connect", 0, asked);
  }

  /**
   * The question whether a command may run.
   *
   * @param commands commands that the session asked before this one
   * @param command {@code input.command}
   */
  public Value command(int commands, Value command, Instant asked) {
    return question("command", commands, asked).put(Names.COMMAND, command);
  }

  /**
   * The question how a result may be shown.
   *
   * @param commands commands that the session had asked by then
   * @param command {@code input.command}
   * @param columns {@code input.result.columns}
   */
  public Value result(int commands, Value command, Value columns, Instant asked) {
    return question("result", commands, asked)
        .put(Names.COMMAND, command)
        .put(Names.RESULT, new ObjectValue(1).put(Names.COLUMNS, columns));
  }

  private ObjectValue question(String point, int commands, Instant asked) {
    return SessionInput.question(point, SessionInput.nanos(asked))
        .put(Names.PRINCIPAL, principal)
        .put(Names.CONNECTION, connection)
        .put(Names.CLIENT, client)
        .put(Names.SESSION, SessionInput.session(session, commands));
  }
}
