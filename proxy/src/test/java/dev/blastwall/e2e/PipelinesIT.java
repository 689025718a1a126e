package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline files of a policy that {@code policy new} wrote, run step by step. */
class PipelinesIT {

  private static final List<String> STEPS =
      List.of("check", "test", "build", "replay", "comment", "sign", "publish");

  @TempDir private static Path shared;
  private static PipelineRunner runner;
  private static Forge forge;

  @TempDir private Path work;
  private Path acme;

  /** What happened. */
  private record Run(List<String> ran, Optional<String> failed, String output) {}

  @BeforeAll
  static void record() throws Exception {
    forge = new Forge();
    runner = new PipelineRunner(shared);
  }

  @AfterAll
  static void stop() {
    runner.close();
    forge.close();
  }

  @BeforeEach
  void begin() throws Exception {
    acme = runner.repository(work);
    commit();
    forge.comments();
  }

  @Test
  void githubPublishesToAnS3Store() throws Exception {
    // Given
    try (ServerProgram store = StoreServers.s3(work)) {
      String endpoint = "http://127.0.0.1:" + store.port();
      MinioClient client =
          MinioClient.builder()
              .endpoint(endpoint)
              .region(StoreServers.REGION)
              .credentials(StoreServers.ACCESS, StoreServers.SECRET)
              .build();
      client.makeBucket(MakeBucketArgs.builder().bucket("policies").build());

      // When
      Run run = run(Pipeline.github(acme, github(endpoint)));

      // Then
      assertThat(run.failed()).as(run.output()).isEmpty();
      assertThat(run.ran()).isEqualTo(STEPS);
      assertThat(onlyComment().path("body").asText()).contains("0 of 6 decisions would change");
      String secret = Files.writeString(work.resolve("s3-secret"), StoreServers.SECRET).toString();
      assertThat(
              runner.activated(
                  work,
                  "s3: {endpoint: '%s', region: %s, bucket: policies, object: acme.tar.gz, access_key: AKtest, secret_key_file: %s}"
                      .formatted(endpoint, StoreServers.REGION, secret)))
          .isEqualTo(commit());
    }
  }

  @Test
  void gitlabPublishesToAWebServer() throws Exception {
    Run run = run(Pipeline.gitlab(acme, gitlab()));
    assertThat(run.failed()).as(run.output()).isEmpty();
    assertThat(run.ran()).isEqualTo(STEPS);
    assertThat(onlyComment().path("body").asText()).contains("0 of 6 decisions would change");
    assertThat(runner.activated(work, "url: %s/acme.tar.gz".formatted(forge.url())))
        .isEqualTo(commit());
  }

  @Test
  void azurePublishesToARegistry() throws Exception {
    // Given
    try (ServerProgram registry = StoreServers.registry(work)) {
      // When
      Run run =
          run(
              azure(
                  "oci://127.0.0.1:%d/policies/acme:production".formatted(registry.port()),
                  "secret"));

      // Then
      assertThat(run.failed()).as(run.output()).isEmpty();
      assertThat(run.ran()).isEqualTo(STEPS);
      assertThat(onlyComment().path("comments").path(0).path("content").asText())
          .contains("0 of 6 decisions would change");
      String password = Files.writeString(work.resolve("password"), "secret").toString();
      assertThat(
              runner.activated(
                  work,
                  "oci: {registry: 'http://127.0.0.1:%d', repository: policies/acme, reference: production, user: reader, password_file: %s}"
                      .formatted(registry.port(), password)))
          .isEqualTo(commit());

      // When the login is wrong
      Pipeline wrong =
          azure("oci://127.0.0.1:%d/policies/acme:other".formatted(registry.port()), "wrong");
      Run refused = run(new Pipeline(List.of(wrong.steps().getLast())));

      // Then
      assertThat(refused.failed()).contains("publish");
      assertThat(refused.output())
          .contains(
              "status 401; correct the repository, POLICY_PUBLISH_USER or POLICY_PUBLISH_TOKEN");
    }
  }

  @Test
  void aMistypedFieldEndsAtCheck() throws Exception {
    rule(
        """
        refuse contains {"code": "typo", "message": "never"} if {
        	input.point == "command"
        	input.command.txt == "select 1"
        }
        """);
    Run run = run(Pipeline.github(acme, github("http://127.0.0.1:1")));
    assertThat(run.failed()).as(run.output()).contains("check");
    assertThat(run.output())
        .containsPattern("acme\\.rego:\\d+: .*undefined ref: input\\.command\\.txt");
    assertNothingCameOfIt(run, "check");
  }

  @Test
  void whatRegalFindsEndsAtCheck() throws Exception {
    rule(
        """
        refuse contains {"code": "late", "message": "never"} if {
        	input.principal.kind == "agent"
        	input.point == "command"
        }
        """);
    Run run = run(Pipeline.gitlab(acme, gitlab()));
    assertThat(run.failed()).as(run.output()).contains("check");
    assertThat(run.output()).contains("point-first");
    assertNothingCameOfIt(run, "check");
  }

  @Test
  void aScenarioThatFailsEndsAtTest() throws Exception {
    append(
        "scenarios/acme.yaml",
        """

          - name: Nobody reads orders
            who: alice
            sql: select item from orders
            expect: {outcome: refuse}
        """);
    Run run = run(Pipeline.gitlab(acme, gitlab()));
    assertThat(run.failed()).as(run.output()).contains("test");
    assertThat(run.output()).contains("Nobody reads orders");
    assertNothingCameOfIt(run, "test");
  }

  @Test
  void whatChangesRecordedDecisionsIsSaidAndEndsAtReplay() throws Exception {
    rule(
        """
        refuse contains {"code": "no_pings", "message": "Ask something."} if {
        	input.point == "command"
        	input.command.text == "select 1 as ping"
        }
        """);
    Run run = run(azure("oci://127.0.0.1:1/policies/acme", "secret"));
    assertThat(run.failed()).as(run.output()).contains("replay");
    assertThat(run.ran()).endsWith("replay", "comment").doesNotContain("sign", "publish");
    assertThat(onlyComment().path("comments").path(0).path("content").asText())
        .contains("of 6 decisions would change")
        .contains("no_pings");
  }

  @Test
  void whatIsNotSignedIsNotPublished() throws Exception {
    // Given
    Map<String, String> environment = gitlab();
    Files.createDirectories(acme.resolve("target"));
    Files.writeString(acme.resolve("target").resolve("bundle.tar.gz"), "as built");

    // When, then
    assertThat(fail(environment, "publish")).contains("there is no target/signed.tar.gz");
    environment.remove("POLICY_SIGNING_KEY");
    assertThat(fail(environment, "sign")).contains("set POLICY_SIGNING_KEY");
    assertThat(acme.resolve("target").resolve("signed.tar.gz")).doesNotExist();
  }

  /** Azure leaves the name of a variable that nobody set. */
  @Test
  void withoutARecordingTheCommentSaysSo() throws Exception {
    Map<String, String> environment = gitlab();
    environment.put("POLICY_RECORDINGS", "$(POLICY_RECORDINGS)");
    environment.put("POLICY_COMMENT_URL", forge.url() + "/notes");
    Program program =
        runner.bash(acme, environment, "policy-pipeline replay && policy-pipeline comment");
    assertThat(program.exitCode()).as(program.output()).isZero();
    assertThat(onlyComment().path("body").asText()).contains("Nothing was replayed");
  }

  private String fail(Map<String, String> environment, String step) throws Exception {
    Program program = runner.bash(acme, environment, "policy-pipeline " + step);
    assertThat(program.exitCode()).as(program.output()).isEqualTo(1);
    return program.output();
  }

  private static void assertNothingCameOfIt(Run run, String failed) {
    assertThat(run.ran()).doesNotContain("sign", "publish").contains(failed);
    assertThat(forge.comments()).isEmpty();
  }

  /** Runs it as a system does: after a failure only what always runs. */
  private Run run(Pipeline pipeline) throws Exception {
    List<String> ran = new ArrayList<>();
    Optional<String> failed = Optional.empty();
    StringBuilder output = new StringBuilder();
    for (Pipeline.Step step : pipeline.steps()) {
      if (failed.isEmpty() || step.always()) {
        Program program = runner.bash(acme, step.environment(), step.script());
        ran.add(step.name());
        output.append("> ").append(step.script()).append('\n').append(program.output());
        failed = failed.isEmpty() && program.exitCode() != 0 ? Optional.of(step.name()) : failed;
      }
    }
    return new Run(ran, failed, output.toString());
  }

  /** Commits what is there, if anything is new; gives the bundle's revision. */
  private String commit() throws Exception {
    return runner
        .succeed(
            acme,
            "git add -A; git -c user.name=author -c user.email=author@example.org commit -qm policy || true;"
                + " git rev-parse --short=12 HEAD")
        .lines()
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  /** Where rules of its kind stand. */
  private void rule(String text) throws IOException {
    Path file = acme.resolve("policy/acme/acme.rego");
    Files.writeString(
        file, Files.readString(file).replace("hold contains", text + "\nhold contains"));
  }

  private void append(String file, String text) throws IOException {
    Files.writeString(acme.resolve(file), text, StandardOpenOption.APPEND);
  }

  private static JsonNode onlyComment() {
    List<JsonNode> comments = forge.comments();
    assertThat(comments).hasSize(1);
    return comments.getFirst();
  }

  private static Map<String, String> github(String store) throws IOException {
    return Map.of(
        "vars.POLICY_RECORDINGS",
        runner.recordings().toString(),
        "vars.POLICY_PUBLISH_TO",
        "s3://policies/acme.tar.gz",
        "vars.AWS_ENDPOINT_URL",
        store,
        "vars.AWS_REGION",
        StoreServers.REGION,
        "vars.AWS_ACCESS_KEY_ID",
        StoreServers.ACCESS,
        "secrets.AWS_SECRET_ACCESS_KEY",
        StoreServers.SECRET,
        "secrets.POLICY_SIGNING_KEY",
        Files.readString(runner.key()),
        "github.event.pull_request.comments_url",
        forge.url() + "/repos/acme/issues/7/comments",
        "github.token",
        Forge.TOKEN);
  }

  private static Map<String, String> gitlab() {
    return new HashMap<>(
        Map.of(
            "CI_API_V4_URL",
            forge.url() + "/api/v4",
            "CI_PROJECT_ID",
            "1",
            "CI_MERGE_REQUEST_IID",
            "7",
            "POLICY_RECORDINGS",
            runner.recordings().toString(),
            "POLICY_COMMENT_TOKEN",
            Forge.TOKEN,
            "POLICY_PUBLISH_TO",
            forge.url() + "/acme.tar.gz",
            "POLICY_PUBLISH_TOKEN",
            Forge.TOKEN,
            // A variable of the type File.
            "POLICY_SIGNING_KEY",
            runner.key().toString()));
  }

  private Pipeline azure(String to, String password) throws IOException {
    return Pipeline.azure(
        acme,
        Map.of(
            "POLICY_RECORDINGS", runner.recordings().toString(),
            "POLICY_PUBLISH_TO", to,
            "POLICY_PUBLISH_USER", "reader",
            "System.CollectionUri", forge.url() + "/acme/",
            "System.TeamProjectId", "p",
            "Build.Repository.ID", "r",
            "System.PullRequest.PullRequestId", "7"),
        Map.of(
            "key.secureFilePath",
            runner.key().toString(),
            "POLICY_PUBLISH_TOKEN",
            password,
            "System.AccessToken",
            Forge.TOKEN));
  }
}
