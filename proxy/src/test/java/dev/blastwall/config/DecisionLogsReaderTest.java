package dev.blastwall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.opa.decisionlog.LogService;
import dev.blastwall.opa.decisionlog.Reporting;
import dev.blastwall.yaml.InvalidFileException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionLogsReaderTest {

  private static final String REST =
      """
      issuers:
        - issuer: https://idp.example
          audiences: blastwall
      connections:
        shop:
          protocol: postgresql
          upstream: {host: db.example, user: gateway, password: s}
      policy:
        bundle: starter.tar.gz
      """;

  @TempDir private Path folder;

  private DecisionLogs load(String yaml) throws IOException, InvalidFileException {
    Files.writeString(folder.resolve("starter.tar.gz"), "x");
    Files.writeString(folder.resolve("ca.pem"), "x");
    Path file = Files.writeString(folder.resolve("blastwall.yaml"), REST + yaml);
    return Configuration.load(file, Map.of("LOG_TOKEN", "t0ken")::get).decisionLogs();
  }

  @Test
  void nothingIsLoggedByDefault() throws IOException, InvalidFileException {
    assertThat(load("")).isEqualTo(DecisionLogs.NONE);
    assertThat(load("").isOn()).isFalse();
  }

  @Test
  void everyKey() throws IOException, InvalidFileException {
    DecisionLogs logs =
        load(
            """
            data: {folder: state}
            decision_logs:
              console: true
              file: decisions.ndjson
              labels: {region: north}
              service:
                url: https://logs.example/in/logs
                token_env: LOG_TOKEN
                ca: ca.pem
                min_delay: 1s
                max_delay: 2m
                upload_limit: 64KiB
                spool_limit: 2MiB
            """);

    assertThat(logs)
        .isEqualTo(
            new DecisionLogs(
                true,
                Optional.of(folder.resolve("decisions.ndjson")),
                Optional.of(
                    new LogService(
                        URI.create("https://logs.example/in/logs"),
                        Optional.of(new SecretRef.Text("t0ken")),
                        Optional.of(folder.resolve("ca.pem")),
                        new Reporting(Duration.ofSeconds(1), Duration.ofMinutes(2), 65_536),
                        folder.resolve("state/decision-logs"),
                        2 << 20)),
                Map.of("region", "north")));
    assertThat(logs.isOn()).isTrue();
  }

  @Test
  void theDefaultsOfAServiceAreThoseOfOpa() throws IOException, InvalidFileException {
    DecisionLogs logs = load("decision_logs: {service: {url: \"https://logs.example\"}}");

    assertThat(logs.service())
        .contains(
            new LogService(
                URI.create("https://logs.example/logs"),
                Optional.empty(),
                Optional.empty(),
                Reporting.DEFAULT,
                folder.resolve(".blastwall/decision-logs"),
                LogService.DEFAULT_SPOOL_LIMIT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{console: loud} | decision_logs.console: must be true or false",
        "{to: x} | decision_logs.to: unknown key",
        "{service: {}} | decision_logs.service.url: is missing",
        "{service: {url: 'http://logs.example'}} | decision_logs.service.url: must begin with https",
        "{service: {url: 'https://l.example', max_delay: 1s}} | decision_logs.service: the longest delay",
        "{service: {url: 'https://l.example', upload_limit: 5}} | must be a size",
        "{service: {url: 'https://l.example', upload_limit: 5B}} | at least 1024 bytes",
        "{service: {url: 'https://l.example', spool_limit: 5KiB}} | a spool needs at least"
      })
  void whatCannotBeUsedIsAProblem(String logs, String problem) {
    assertThatThrownBy(() -> load("decision_logs: " + logs))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(problem);
  }
}
