package dev.blastwall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.approval.Approvals;
import dev.blastwall.approval.HeldCommand;
import dev.blastwall.approval.Outcome;
import dev.blastwall.command.Client;
import dev.blastwall.command.CommandDigests;
import dev.blastwall.command.Connection;
import dev.blastwall.command.Limits;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Session;
import dev.blastwall.command.Unclassified;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.demo.DevIssuer;
import dev.blastwall.identity.TokenVerifier;
import dev.blastwall.policy.Decision;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApprovalsApiTest {

  private static final Unclassified COMMAND = new Unclassified("test", "drop everything");

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Approvals approvals = new Approvals(timer, Instant::now);
  private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private DevIssuer issuer;
  private TokenVerifier identities;
  private ApiServer api;

  @BeforeEach
  void start() throws IOException {
    issuer = DevIssuer.start();
    identities = TokenVerifier.trusting(List.of(issuer.trusted()));
    api =
        ApiServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            identities,
            approvals,
            new Monitoring(() -> "", () -> "{}"));
  }

  @AfterEach
  void stop() {
    api.close();
    identities.close();
    issuer.close();
    http.close();
    timer.shutdownNow();
  }

  @Test
  void whoSendsNoTokenIsToldHow() throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(api.url().resolve("/v1/approvals")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("Authorization: Bearer");
  }

  @Test
  void whoseTokenProvesNothingIsToldWhy() throws Exception {
    HttpResponse<String> response = send("GET", "", "", "not.a.token");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("error");
  }

  @Test
  void anApproverSeesWhatWaitsAndNobodyElseDoes() throws Exception {
    HeldCommand held = hold();

    assertThat(send("GET", "", "", issuer.token(DemoUser.DORA)).body())
        .contains(held.id(), held.digest().hex(), "drop everything", "alice");
    assertThat(send("GET", "", "", issuer.token(DemoUser.ALICE)).body())
        .isEqualTo("{\"approvals\":[]}");
  }

  @Test
  void anApprovalReleasesTheCommandThatWasShown() throws Exception {
    HeldCommand held = hold();

    HttpResponse<String> response = approve(held, held.digest().hex(), DemoUser.DORA);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(outcomes).containsExactly(new Outcome.Approved(List.of("dora")));
  }

  @Test
  void anApprovalOfAnotherCommandIsAConflict() throws Exception {
    assertThat(approve(hold(), "00", DemoUser.DORA).statusCode()).isEqualTo(409);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void theOneWhoAskedIsForbiddenToApprove() throws Exception {
    HeldCommand held = hold();

    assertThat(approve(held, held.digest().hex(), DemoUser.ALICE).statusCode()).isEqualTo(403);
    assertThat(outcomes).isEmpty();
  }

  @Test
  void anAnswerWithoutADigestIsABadRequest() throws Exception {
    HeldCommand held = hold();
    String token = issuer.token(DemoUser.DORA);

    assertThat(send("POST", "/" + held.id() + "/approve", "{}", token).statusCode()).isEqualTo(400);
    assertThat(send("POST", "/" + held.id() + "/deny", "no", token).statusCode()).isEqualTo(400);
  }

  @Test
  void whatDoesNotWaitIsNotFound() throws Exception {
    HeldCommand held = hold();
    approvals.withdraw(held.id());

    assertThat(approve(held, held.digest().hex(), DemoUser.DORA).statusCode()).isEqualTo(404);
  }

  @Test
  void aDenialCarriesItsReason() throws Exception {
    HeldCommand held = hold();

    send(
        "POST",
        "/" + held.id() + "/deny",
        "{\"digest\": \"" + held.digest().hex() + "\", \"reason\": \"not today\"}",
        issuer.token(DemoUser.DORA));

    assertThat(outcomes).containsExactly(new Outcome.Denied("dora", "not today"));
  }

  private HttpResponse<String> approve(HeldCommand held, String digest, DemoUser user)
      throws Exception {
    return send(
        "POST",
        "/" + held.id() + "/approve",
        "{\"digest\": \"" + digest + "\"}",
        issuer.token(user));
  }

  private HttpResponse<String> send(String method, String path, String body, String token)
      throws IOException, InterruptedException {
    URI url = api.url().resolve("/v1/approvals" + path);
    return http.send(
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HeldCommand hold() {
    Session session =
        new Session(
            "s",
            new Principal(
                "alice",
                issuer.issuer(),
                Principal.Kind.PERSON,
                List.of("engineers"),
                Map.of(),
                List.of()),
            new Connection("shop", "test", null, Map.of()),
            new Client("127.0.0.1", "test", true),
            Instant.EPOCH,
            Instant.MAX);
    return approvals.hold(
        session,
        COMMAND,
        new CommandDigests(session).of(COMMAND),
        new Decision.Hold(
            List.of(new Decision.Reason("test", "A test.")),
            "r1",
            List.of("group:approvers"),
            1,
            Duration.ofMinutes(1),
            Limits.NONE),
        outcomes::add);
  }
}
