package dev.blastwall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Principal;
import dev.blastwall.command.Principal.Actor;
import dev.blastwall.command.Principal.Kind;
import dev.blastwall.identity.TokenVerifier;
import dev.blastwall.identity.Verification;
import dev.blastwall.identity.Verification.Identified;
import dev.blastwall.identity.Verification.Reason;
import dev.blastwall.identity.Verification.Rejected;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over the wire: discovery, keys, tokens. */
class DevIssuerTest {

  private DevIssuer issuer;
  private TokenVerifier verifier;

  @BeforeEach
  void start() throws IOException {
    issuer = DevIssuer.start();
    verifier = TokenVerifier.trusting(List.of(issuer.trusted()));
  }

  @AfterEach
  void stop() {
    verifier.close();
    issuer.close();
  }

  private Principal principal(DemoUser user) {
    Verification verification = verifier.verify(issuer.token(user));
    assertThat(verification).isInstanceOf(Identified.class);
    return ((Identified) verification).principal();
  }

  @Test
  void aliceIsAPersonWhoIsAnEngineer() {
    Principal alice = principal(DemoUser.ALICE);

    assertThat(alice.subject()).isEqualTo("alice");
    assertThat(alice.kind()).isEqualTo(Kind.PERSON);
    assertThat(alice.groups()).containsExactly("engineers");
  }

  @Test
  void doraApproves() {
    assertThat(principal(DemoUser.DORA).groups()).containsExactly("approvers");
  }

  @Test
  void thePipelineIsACiJobWithItsRun() {
    Principal pipeline = principal(DemoUser.PIPELINE);

    assertThat(pipeline.kind()).isEqualTo(Kind.CI);
    assertThat(pipeline.claims()).containsEntry("run_id", "1042");
  }

  @Test
  void theAgentActsForAlice() {
    Principal agent = principal(DemoUser.AGENT);

    assertThat(agent.subject()).isEqualTo("alice");
    assertThat(agent.kind()).isEqualTo(Kind.AGENT);
    assertThat(agent.actors()).containsExactly(new Actor("agent", issuer.issuer(), Kind.AGENT));
  }

  @Test
  void anotherIssuersTokenIsRejected() throws IOException {
    try (DevIssuer other = DevIssuer.start()) {
      assertRejected(other.token(DemoUser.ALICE), Reason.UNTRUSTED_ISSUER);

      Map<String, Object> claims = other.claims(DemoUser.ALICE);
      claims.put("iss", issuer.issuer());

      assertRejected(other.sign(claims), Reason.UNKNOWN_KEY);
    }
  }

  @Test
  void anIssuerThatIsDownLetsNobodyInWhoWasNotKnown() {
    issuer.close();

    assertRejected(issuer.token(DemoUser.ALICE), Reason.KEYS_UNAVAILABLE);
  }

  @Test
  void anIssuerThatGoesDownLeavesItsKeys() {
    principal(DemoUser.ALICE);

    issuer.close();

    assertThat(principal(DemoUser.DORA).subject()).isEqualTo("dora");
  }

  private void assertRejected(String token, Reason reason) {
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }
}
