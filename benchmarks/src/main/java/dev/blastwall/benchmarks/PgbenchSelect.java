package dev.blastwall.benchmarks;

import dev.blastwall.command.Client;
import dev.blastwall.command.ColumnOrigin;
import dev.blastwall.command.CommandDigests;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Principal;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.policy.Question;
import dev.blastwall.protocol.sql.SqlUnderstanding;
import dev.blastwall.protocol.sql.Understood;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The statement of {@code pgbench -S} and what policy is asked about it. */
final class PgbenchSelect {

  static final String TEXT = "SELECT abalance FROM pgbench_accounts WHERE aid = ";

  /** Who sends it. */
  static final Session SESSION = session();

  private PgbenchSelect() {}

  static Question.Judge judge() {
    SqlBatch command = command();
    return new Question.Judge(1, command, new CommandDigests(SESSION).of(command));
  }

  static Question.Describe describe() {
    Question.Judge judge = judge();
    ColumnOrigin origin = new ColumnOrigin("public", "pgbench_accounts", "abalance");
    return new Question.Describe(
        judge.commands(),
        judge.command(),
        judge.digest(),
        List.of(new ResultColumn("abalance", "int4", List.of(origin), true, true)));
  }

  /**
   * Waits for the parser where it is needed. On a busy machine it may take longer to load than a
   * command may wait for it, so it is asked again.
   */
  static Understood understood(SqlUnderstanding understanding, String text) {
    Understood understood = asked(understanding, text);
    for (int again = 10; again > 0 && understood.problem().isPresent(); again--) {
      understood = asked(understanding, text);
    }
    understood
        .problem()
        .ifPresent(problem -> {
          throw new IllegalStateException(problem);
        });
    return understood;
  }

  private static Understood asked(SqlUnderstanding understanding, String text) {
    CompletableFuture<Understood> answer = new CompletableFuture<>();
    understanding.understand(text, Runnable::run, answer::complete);
    return answer.join();
  }

  private static SqlBatch command() {
    try (SqlUnderstanding understanding = new SqlUnderstanding(1)) {
      return understood(understanding, TEXT + "1;").batch(List.of());
    }
  }

  private static Session session() {
    String issuer = "https://issuer.example";
    Map<String, Object> claims =
        Map.of("iss", issuer, "sub", "alice", "aud", List.of("blastwall"), "exp", 1_800_000_000L);
    Instant now = Instant.now();
    return new Session(
        "01890a5d-ac96-774b-bcce-b302099a8057",
        new Principal(
            "alice", issuer, Principal.Kind.PERSON, List.of("engineers"), claims, List.of()),
        new Connection("shop", "postgresql", "shop", Map.of()),
        new Client("127.0.0.1", "pgbench", true),
        now,
        now.plusSeconds(3600));
  }
}
