package dev.blastwall.config;

import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.opa.decisionlog.LogService;
import dev.blastwall.opa.decisionlog.Reporting;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads {@code decision_logs}: where decisions are logged. */
final class DecisionLogsReader {

  /** Where OPA sends its logs to. */
  private static final String PATH = "/logs";

  private final FileParsers files;
  private final SecretRefs secrets;

  DecisionLogsReader(FileParsers files, SecretRefs secrets) {
    this.files = files;
    this.secrets = secrets;
  }

  /**
   * Where they are logged.
   *
   * @param data the folder of the gateway's own state
   */
  Supplier<DecisionLogs> read(Section logs, Supplier<Path> data) {
    Supplier<Boolean> console = logs.optional("console", Parsers.FLAG, false);
    Supplier<Optional<Path>> file = logs.optional("file", files.any());
    Supplier<Optional<LogService>> service = service(logs, data);
    Supplier<Map<String, String>> labels = labels(logs.section("labels"));
    logs.end();
    return () -> new DecisionLogs(console.get(), file.get(), service.get(), labels.get());
  }

  private Supplier<Optional<LogService>> service(Section logs, Supplier<Path> data) {
    if (!logs.has("service")) {
      return Optional::empty;
    }
    Section section = logs.section("service");
    Supplier<URI> url = section.required("url", DecisionLogsReader::url);
    Supplier<Optional<SecretRef>> token = secrets.optional(section, "token");
    Supplier<Optional<Path>> authorities = section.optional("ca", files.existing());
    Supplier<Reporting> reporting = reporting(section);
    Supplier<Integer> spool =
        section.optional("spool_limit", Parsers.BYTES, (int) LogService.DEFAULT_SPOOL_LIMIT);
    section.end();
    return section.checked(() ->
        Optional.of(
            new LogService(
                url.get(),
                token.get(),
                authorities.get(),
                reporting.get(),
                data.get().resolve("decision-logs"),
                spool.get())));
  }

  private static Supplier<Reporting> reporting(Section section) {
    Supplier<Duration> min =
        section.optional("min_delay", Parsers.DURATION, Reporting.DEFAULT.minDelay());
    Supplier<Duration> max =
        section.optional("max_delay", Parsers.DURATION, Reporting.DEFAULT.maxDelay());
    Supplier<Integer> upload =
        section.optional("upload_limit", Parsers.BYTES, Reporting.DEFAULT.uploadLimit());
    return section.checked(() -> new Reporting(min.get(), max.get(), upload.get()));
  }

  private static Supplier<Map<String, String>> labels(Section section) {
    Map<String, Supplier<String>> labels = new LinkedHashMap<>();
    section.keys().forEach(key -> labels.put(key, section.required(key, Parsers.TEXT)));
    return () -> {
      Map<String, String> read = new LinkedHashMap<>();
      labels.forEach((key, value) -> read.put(key, value.get()));
      return read;
    };
  }

  /** What was decided about whom is nobody else's business, so it goes a safe way. */
  private static URI url(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null) {
      throw new IllegalArgumentException("must be a URL, for instance https://logs.example/logs");
    }
    boolean plain = "http".equals(url.getScheme()) && SourceReader.isLoopback(url.getHost());
    if (!plain && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("must begin with https");
    }
    return url.getPath().isEmpty() || url.getPath().equals("/") ? url.resolve(PATH) : url;
  }
}
