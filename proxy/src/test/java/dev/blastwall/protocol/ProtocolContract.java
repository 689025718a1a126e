package dev.blastwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.masking.Mask;
import dev.blastwall.protocol.ContractClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every protocol does, whatever its bytes look like. */
public abstract class ProtocolContract {

  protected abstract FakeGate gate();

  /** A client that has signed in. */
  protected abstract ContractClient connect() throws IOException;

  /** What a client sends to sign in and ask {@code command}, and then to say goodbye. */
  protected abstract byte[] wholeSession(String command) throws IOException;

  /** Sends pieces one after the other, each on its own, and reads until the end. */
  protected abstract String exchange(List<byte[]> pieces) throws IOException;

  /** The head of a message after sign-in that says it is longer than any may be. */
  protected abstract byte[] oversizedMessage();

  /** Sends raw bytes on a connection that has signed in and reads until the end. */
  protected abstract String afterSignIn(byte[] bytes) throws IOException;

  /** A command that reads {@code column} of the table that has secrets, of its first row. */
  protected abstract String reading(String column);

  /** The column that has secrets, and the secret in the first row. */
  protected abstract String secretColumn();

  protected abstract String secret();

  /** A command that answers {@code word}. */
  protected abstract String saying(String word);

  /** A command that takes longer than any test. */
  protected abstract String lasting();

  /** Ends the upstream's side of every session. */
  protected abstract void killUpstreamSessions() throws Exception;

  /** The protocol's code for a command that policy refuses. */
  protected abstract String refusedCode();

  /** The protocol's code for a command that its client cancelled. */
  protected abstract String cancelledCode();

  @BeforeEach
  void forget() {
    gate().reset();
  }

  @Test
  void aCommandThatPolicyForwardsIsAnsweredByTheUpstream() throws IOException {
    try (ContractClient client = connect()) {
      Answer answer = client.ask(saying("hello"));
      assertThat(answer.rows()).containsExactly(List.of("hello"));
    }
    assertThat(gate().texts()).containsExactly(saying("hello"));
  }

  @Test
  void whereTheBytesAreCutMakesNoDifference() throws IOException {
    byte[] whole = wholeSession(saying("hello"));
    String expected = exchange(List.of(whole));
    assertThat(expected).contains("hello");
    for (int cut = 1; cut < whole.length; cut += 7) {
      assertThat(exchange(cutAt(whole, cut))).as("cut at %d", cut).isEqualTo(expected);
    }
  }

  private static List<byte[]> cutAt(byte[] whole, int cut) {
    byte[] first = new byte[cut];
    byte[] second = new byte[whole.length - cut];
    System.arraycopy(whole, 0, first, 0, cut);
    System.arraycopy(whole, cut, second, 0, second.length);
    return List.of(first, second);
  }

  @Test
  void aMessageAboveItsLimitEndsTheSessionWithAClearErrorAndIsNotForwarded() throws IOException {
    assertThat(afterSignIn(oversizedMessage())).contains("the gateway takes");
    assertThat(gate().judged).isEmpty();
    assertThat(faults()).hasSize(1);
  }

  @Test
  void garbageEndsTheSessionAndIsNotForwarded() throws IOException {
    byte[] garbage =
        "GET / HTTP/1.1\r\nHost: nobody\r\n\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII);
    assertThat(afterSignIn(garbage)).isNotEmpty();
    assertThat(gate().judged).isEmpty();
    assertThat(faults()).hasSize(1);
  }

  private List<Observation> faults() {
    return List.copyOf(gate().observed).stream()
        .filter(Observation.Fault.class::isInstance)
        .toList();
  }

  @Test
  void aRefusedCommandTellsWhyAndLeavesTheSessionUsable() throws IOException {
    try (ContractClient client = connect()) {
      Answer refused = client.ask(saying("forbidden"));
      assertThat(refused.error()).isEqualTo(refusedCode());
      assertThat(refused.message())
          .contains("policy says no")
          .contains("d-1")
          .contains("Ask for something else.");
      assertThat(client.ask(saying("hello")).rows()).containsExactly(List.of("hello"));
    }
  }

  @Test
  void aPolicyThatCannotBeAskedIsARefusal() throws IOException {
    try (ContractClient client = connect()) {
      Answer refused = client.ask(saying("undecidable"));
      assertThat(refused.rows()).isEmpty();
      assertThat(refused.error()).isNotEmpty();
      assertThat(refused.message()).contains("policy cannot be asked");
      assertThat(client.ask(saying("hello")).rows()).containsExactly(List.of("hello"));
    }
  }

  @Test
  void aHeldCommandRunsOnceApproved() throws Exception {
    try (ContractClient client = connect()) {
      client.send(saying("approval"));
      gate().holds.poll(10, TimeUnit.SECONDS).approve();
      Answer answer = client.answer();
      assertThat(answer.rows()).containsExactly(List.of("approval"));
      assertThat(answer.notices()).anySatisfy(notice -> assertThat(notice).contains("h-1"));
    }
  }

  @Test
  void aHeldCommandThatIsDeniedIsRefused() throws Exception {
    try (ContractClient client = connect()) {
      client.send(saying("approval"));
      gate().holds.poll(10, TimeUnit.SECONDS).deny();
      assertThat(client.answer().message()).contains("an approver said no");
      assertThat(client.ask(saying("hello")).rows()).containsExactly(List.of("hello"));
    }
  }

  @Test
  void aHeldCommandCanBeCancelled() throws Exception {
    try (ContractClient client = connect()) {
      client.send(saying("approval"));
      assertThat(gate().holds.poll(10, TimeUnit.SECONDS)).isNotNull();
      client.cancel();
      assertThat(client.answer().error()).isEqualTo(cancelledCode());
      assertThat(client.ask(saying("hello")).rows()).containsExactly(List.of("hello"));
    }
  }

  @Test
  void aRunningCommandCanBeCancelled() throws Exception {
    try (ContractClient client = connect()) {
      client.ask(saying("hello"));
      client.send(lasting());
      List<Answer> answers = new ArrayList<>();
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  answers.add(client.answer());
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      // The cancel has no answer and counts only once the command runs.
      while (!reader.join(Duration.ofMillis(100))) {
        client.cancel();
      }
      assertThat(answers.getFirst().error()).isEqualTo(cancelledCode());
    }
  }

  @Test
  void hangingUpWithdrawsAHeldCommand() throws Exception {
    ContractClient client = connect();
    client.send(saying("approval"));
    assertThat(gate().holds.poll(10, TimeUnit.SECONDS)).isNotNull();
    client.close();
    assertThat(gate().closed.poll(10, TimeUnit.SECONDS)).contains("hung up");
  }

  @Test
  void aMaskedColumnReachesNeitherClientNorRecordWhateverItsAlias() throws IOException {
    gate().mask(secretColumn(), new Mask.Redact());
    try (ContractClient client = connect()) {
      assertThat(client.ask(reading(secretColumn())).rows()).containsExactly(List.of("[redacted]"));
      assertThat(client.ask(reading(secretColumn() + " as harmless")).rows())
          .containsExactly(List.of("[redacted]"));
      assertThat(client.ask(reading("upper(" + secretColumn() + ") as harmless")).rows())
          .containsExactly(List.of("[redacted]"));
    }
    assertThat(recorded()).contains("[redacted]").doesNotContainIgnoringCase(secret());
  }

  protected String recorded() {
    StringBuilder all = new StringBuilder();
    for (Observation observation : List.copyOf(gate().observed)) {
      if (observation instanceof Observation.Response(byte[] bytes)) {
        all.append(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  @Test
  void theAnswerIsObservedAsTheClientSawItAndThenItsEnd() throws IOException {
    try (ContractClient client = connect()) {
      client.ask(saying("hello"));
    }
    assertThat(recorded()).contains("hello");
    assertThat(List.copyOf(gate().observed))
        .filteredOn(Observation.Completed.class::isInstance)
        .singleElement()
        .satisfies(completed -> {
          assertThat(((Observation.Completed) completed).rows()).isEqualTo(1);
          assertThat(((Observation.Completed) completed).decisionId()).isEqualTo("d-1");
        });
  }

  @Test
  void anUpstreamThatDiesEndsTheSessionWithAClearError() throws Exception {
    try (ContractClient client = connect()) {
      client.ask(saying("hello"));
      client.send(lasting());
      killUpstreamSessions();
      assertThat(client.answer().error()).isNotEmpty();
    }
    assertThat(gate().closed.poll(10, TimeUnit.SECONDS)).isNotNull();
    try (ContractClient another = connect()) {
      assertThat(another.ask(saying("hello")).rows()).containsExactly(List.of("hello"));
    }
  }

  @Test
  void aSessionEndsWhenItsTimeIsOver() throws Exception {
    gate().live(Duration.ofMillis(300));
    try (ContractClient client = connect()) {
      assertThat(client.answer().message()).contains("time is over");
    }
  }

  @Test
  void aSessionThatPolicyNoLongerAllowsEndsWithTheReasonThoughItAskedForNothing() throws Exception {
    try (ContractClient client = connect()) {
      assertThat(client.ask(saying("hello")).rows()).containsExactly(List.of("hello"));

      gate()
          .endings
          .poll(10, TimeUnit.SECONDS)
          .accept(new Refusal(Refusal.Kind.POLICY, "d-9", "not welcome any more", "Ask."));

      assertThat(client.answer().message()).contains("not welcome any more");
    }
    awaitClosed("not welcome any more");
  }

  /** Others may close at this moment: those of the test before. */
  private void awaitClosed(String why) throws InterruptedException {
    String closed = "";
    while (!closed.contains(why)) {
      closed = gate().closed.poll(10, TimeUnit.SECONDS);
      assertThat(closed).as("no session was closed because %s", why).isNotNull();
    }
  }
}
