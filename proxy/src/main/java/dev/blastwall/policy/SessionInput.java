package dev.blastwall.policy;

import dev.blastwall.command.Client;
import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Replication;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.command.SqlStatement;
import dev.blastwall.command.Unclassified;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The document {@code input}, version 1 of the contract, for one session. What stays the same from
 * one question to the next is built once: who asks for the session's life, the statements of a text
 * while the session repeats it, the command between its verdict and its result.
 */
final class SessionInput {

  private static final int CONTRACT = 1;

  /** Members of the largest object of the contract. */
  private static final int MEMBERS = 8;

  private static final int KEPT = 32;

  private final Session session;
  private final Value principal;
  private final Value connection;
  private final Value client;
  private final Map<Same, Value> statements = new Recent<>(KEPT);
  private final Map<List<ResultColumn>, Value> columns = new Recent<>(KEPT);
  private @Nullable Command command;
  private Value describedCommand = NullValue.NULL;

  /** A list as itself, whatever it holds: comparing descriptions would cost too much. */
  private record Same(List<SqlStatement> list) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
      return other instanceof Same same && same.list == list;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(list);
    }
  }

  SessionInput(Session session) {
    this.session = session;
    this.principal = principal(session.principal());
    this.connection = connection(session.connection());
    this.client = client(session.client());
  }

  Value of(Question question, long nowNanos) {
    return switch (question) {
      case Question.Connect connect -> question("connect", 0, nowNanos);
      case Question.Judge judge ->
          question("command", judge.commands(), nowNanos)
              .put(Names.COMMAND, command(judge.command(), judge.digest()));
      case Question.Describe describe ->
          question("result", describe.commands(), nowNanos)
              .put(Names.COMMAND, command(describe.command(), describe.digest()))
              .put(
                  Names.RESULT,
                  new ObjectValue(1)
                      .put(
                          Names.COLUMNS,
                          columns.computeIfAbsent(describe.columns(), CommandInput::columns)));
    };
  }

  private ObjectValue question(String point, int commands, long nowNanos) {
    return question(point, nowNanos)
        .put(Names.PRINCIPAL, principal)
        .put(Names.CONNECTION, connection)
        .put(Names.CLIENT, client)
        .put(Names.SESSION, session(session.id(), commands));
  }

  static ObjectValue question(String point, long nowNanos) {
    return new ObjectValue(MEMBERS)
        .put(Names.VERSION, CONTRACT)
        .put(Names.POINT, point)
        .put(Names.TIME, new ObjectValue(1).put(Names.NOW_NS, nowNanos));
  }

  static Value principal(Principal principal) {
    return new ObjectValue(MEMBERS)
        .put(Names.SUBJECT, principal.subject())
        .put(Names.ISSUER, principal.issuer())
        .put(Names.KIND, principal.kind().word())
        .put(Names.GROUPS, CommandInput.strings(principal.groups()))
        .put(Names.CLAIMS, PolicyJson.of(principal.claims()))
        .put(Names.ACTORS, CommandInput.array(principal.actors(), SessionInput::actor));
  }

  private static Value actor(Principal.Actor actor) {
    return new ObjectValue(MEMBERS)
        .put(Names.SUBJECT, actor.subject())
        .put(Names.ISSUER, actor.issuer())
        .put(Names.KIND, actor.kind().word());
  }

  static Value connection(Connection connection) {
    return new ObjectValue(MEMBERS)
        .put(Names.NAME, connection.name())
        .put(Names.PROTOCOL, connection.protocol())
        .put(Names.DATABASE, connection.database())
        .put(Names.LABELS, PolicyJson.of(connection.labels()));
  }

  static Value client(Client client) {
    return new ObjectValue(MEMBERS)
        .put(Names.ADDRESS, client.address())
        .put(Names.APPLICATION, client.application())
        .put(Names.TLS, client.tls());
  }

  static Value session(String id, int commands) {
    return new ObjectValue(MEMBERS)
        .put(Names.ID, id)
        .put(Names.PARENT, NullValue.NULL)
        .put(Names.COMMANDS, commands)
        .put(Names.GRANT, NullValue.NULL);
  }

  /** A moment as the contract counts it, from 1970 on. */
  static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  /** The verdict and the result of a command ask about the same object. */
  @SuppressWarnings("ReferenceEquality")
  private Value command(Command asked, CommandDigest digest) {
    if (asked != command) {
      command = asked;
      describedCommand = CommandInput.command(asked, digest, statements(asked));
    }
    return describedCommand;
  }

  /** A text that a session repeats is described by the same list. */
  private Value statements(Command asked) {
    return switch (asked) {
      case SqlBatch sql ->
          statements.computeIfAbsent(
              new Same(sql.statements()), it -> CommandInput.statements(it.list()));
      case Replication replication -> NullValue.NULL;
      case Unclassified unclassified -> NullValue.NULL;
    };
  }
}
