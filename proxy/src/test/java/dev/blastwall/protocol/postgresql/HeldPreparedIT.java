package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.bind;
import static dev.blastwall.protocol.postgresql.RawClient.describe;
import static dev.blastwall.protocol.postgresql.RawClient.execute;
import static dev.blastwall.protocol.postgresql.RawClient.parse;
import static dev.blastwall.protocol.postgresql.RawClient.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.FakeGate.FakeHeld;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A held statement that is prepared in one round trip and run in the next. */
class HeldPreparedIT {

  private static final String TEXT = "select 'approval'";

  private final TestGateway gateway = TestGateway.shared();
  private RawClient client;

  @BeforeEach
  void signIn() throws Exception {
    gateway.gate.reset();
    client = RawClient.signedIn(gateway.address());
  }

  @AfterEach
  void leave() throws Exception {
    client.close();
  }

  @Test
  void anApprovedParseIsNotHeldAgainWhenItIsRunNext() throws Exception {
    prepareApproved(TEXT);

    client.write(all(bind("", "s"), execute("", 0), sync()));

    assertThat(client.types()).isEqualTo("2DCZI");
    assertThat(gateway.gate.judged).hasSize(1);
  }

  @Test
  void theApprovalIsUsedOnce() throws Exception {
    prepareApproved(TEXT);
    client.write(all(bind("", "s"), execute("", 0), sync()));
    client.readyForQuery();

    isHeldAgain(bind("", "s"));
  }

  @Test
  void anotherCommandInBetweenUsesItUp() throws Exception {
    prepareApproved(TEXT);
    client.ask("select 1");

    isHeldAgain(bind("", "s"));
  }

  @Test
  void valuesAreNothingThatWasApproved() throws Exception {
    prepareApproved("select 'approval' || $1");

    isHeldAgain(bind("", "s", "of something else"));
  }

  @Test
  void anotherStatementOfTheSessionDoesNotGetIt() throws Exception {
    client.write(all(parse("other", "select 'approval', 2"), sync()));
    nextHold().approve();
    client.readyForQuery();
    prepareApproved(TEXT);

    isHeldAgain(bind("", "other"));
  }

  private void prepareApproved(String text) throws Exception {
    client.write(all(parse("s", text), describe('S', "s"), sync()));
    nextHold().approve();
    assertThat(client.types()).endsWith("1tTZI");
  }

  private void isHeldAgain(byte[] bind) throws Exception {
    client.write(all(bind, execute("", 0), sync()));
    nextHold().deny();
    assertThat(RawClient.answer(client.readyForQuery()).error()).isEqualTo("42501");
  }

  private FakeHeld nextHold() throws InterruptedException {
    return Objects.requireNonNull(
        gateway.gate.holds.poll(30, TimeUnit.SECONDS), "nothing was held");
  }
}
