package dev.blastwall.policy;

import dev.blastwall.command.Client;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.opa.Json;
import java.util.List;

/**
 * Parts of the document {@code input} as JSON text, exactly as policy sees them: what is recorded
 * so can be asked again.
 */
public final class InputJson {

  private InputJson() {}

  /** {@code input.principal}. */
  public static String principal(Principal principal) {
    return Json.write(SessionInput.principal(principal));
  }

  /** {@code input.connection}. */
  public static String connection(Connection connection) {
    return Json.write(SessionInput.connection(connection));
  }

  /** {@code input.client}. */
  public static String client(Client client) {
    return Json.write(SessionInput.client(client));
  }

  /** {@code input.command.statements}. */
  public static String statements(List<SqlStatement> statements) {
    return Json.write(CommandInput.statements(statements));
  }

  /** {@code input.result.columns}. */
  public static String columns(List<ResultColumn> columns) {
    return Json.write(CommandInput.columns(columns));
  }
}
