package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.message;
import static dev.blastwall.protocol.postgresql.RawClient.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Limits;
import dev.blastwall.command.SqlBatch;
import dev.blastwall.masking.Detector;
import dev.blastwall.masking.DetectorMask;
import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.postgresql.RawClient.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions called by number (PostgreSQL manual, "Function Call"). */
class FunctionCallIT {

  /** pg_catalog.btrim(text). */
  private static final int TRIM = 885;

  private static final int NO_FUNCTION = 1;

  private final TestGateway gateway = TestGateway.shared();
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    gateway.gate.reset();
    client = RawClient.signedIn(gateway.address());
  }

  @AfterEach
  void hangUp() throws IOException {
    client.close();
  }

  /** A call with one text; the result is wanted as text. */
  private static byte[] call(int function, String argument) {
    byte[] text = argument.getBytes(StandardCharsets.UTF_8);
    return message(
        'F',
        ByteBuffer.allocate(14 + text.length)
            .putInt(function)
            .putShort((short) 0)
            .putShort((short) 1)
            .putInt(text.length)
            .put(text)
            .putShort((short) 0)
            .array());
  }

  @Test
  void itIsJudgedAsTheQueryThatCallsTheSame() throws IOException {
    client.write(call(TRIM, "quiet"));
    List<Message> messages = client.readyForQuery();
    assertThat(messages).extracting(Message::type).containsExactly('V', 'Z');
    assertThat(messages.getFirst().text()).endsWith("quiet");
    assertThat(gateway.gate.judged)
        .singleElement()
        .isInstanceOfSatisfying(
            SqlBatch.class,
            batch -> {
              assertThat(batch.text()).isEqualTo("SELECT pg_catalog.btrim($1)");
              assertThat(batch.parameters()).containsExactly("quiet");
              assertThat(batch.statements().getFirst().functions())
                  .containsExactly("pg_catalog.btrim");
            });
  }

  @Test
  void aRefusalFailsTheTransactionAsPostgresqlWould() throws IOException {
    client.ask("begin");
    client.write(call(TRIM, "forbidden"));
    assertThat(client.types()).isEqualTo("EZE");
    client.write(call(TRIM, "quiet"));
    assertThat(RawClient.answer(client.readyForQuery()).error()).isEqualTo("25P02");
    client.write(query("rollback"));
    assertThat(client.types()).isEqualTo("CZI");
  }

  @Test
  void aValueThatPolicyMasksIsWithheld() throws IOException {
    gateway.gate.detect(new DetectorMask(Detector.CARD_NUMBER, new Mask.Redact()));
    client.write(call(TRIM, "card 4111 1111 1111 1111"));
    List<Message> messages = client.readyForQuery();
    assertThat(messages).extracting(Message::type).containsExactly('E', 'Z');
    assertThat(messages.getFirst().text()).contains("42501").doesNotContain("4111");
  }

  @Test
  void aValueCountsAgainstTheLimits() throws IOException {
    gateway.gate.limit(new Limits(Long.MAX_VALUE, 100, Limits.NONE.duration()));
    client.write(call(TRIM, "x".repeat(100)));
    assertThat(RawClient.answer(client.readyForQuery()).error()).isEqualTo("54000");
  }

  @Test
  void aFunctionThatIsNotThereIsAnError() throws IOException {
    client.write(call(NO_FUNCTION, ""));
    assertThat(RawClient.answer(client.readyForQuery()).error()).isEqualTo("42883");
    assertThat(client.ask("select 1").rows()).containsExactly(List.of("1"));
  }
}
