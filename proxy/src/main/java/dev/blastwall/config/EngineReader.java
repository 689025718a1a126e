package dev.blastwall.config;

import dev.blastwall.opa.sidecar.OpaAddress;
import dev.blastwall.opa.sidecar.SidecarOptions;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Reads {@code policy.engine}: a word, or a mapping for a sidecar. */
final class EngineReader {

  private static final Path ON_THE_PATH = Path.of("opa");
  private static final Duration TIMEOUT = SidecarOptions.DEFAULT.timeout();

  private final FileParsers files;

  EngineReader(FileParsers files) {
    this.files = files;
  }

  /** Without a mapping. */
  Supplier<ConfiguredEngine> word(Section policy) {
    return policy.optional("engine", EngineReader::engine, new ConfiguredEngine.Embedded());
  }

  private static ConfiguredEngine engine(String text) {
    return switch (text) {
      case "embedded" -> new ConfiguredEngine.Embedded();
      case "sidecar" -> new ConfiguredEngine.Started(ON_THE_PATH, TIMEOUT);
      default ->
          throw new IllegalArgumentException(
              "must be embedded, sidecar, or a mapping with sidecar or program");
    };
  }

  /** With one. */
  Supplier<ConfiguredEngine> sidecar(Section engine) {
    Supplier<Duration> timeout = engine.optional("timeout", EngineReader::timeout, TIMEOUT);
    boolean running = engine.has("sidecar");
    Supplier<ConfiguredEngine> configured =
        running == engine.has("program")
            ? engine.problem("needs exactly one of sidecar, program")
            : running ? running(engine, timeout) : started(engine, timeout);
    engine.end();
    return configured;
  }

  private static Supplier<ConfiguredEngine> running(Section engine, Supplier<Duration> timeout) {
    Supplier<OpaAddress> address = engine.required("sidecar", OpaAddress::parse);
    return () -> new ConfiguredEngine.Running(address.get(), timeout.get());
  }

  private Supplier<ConfiguredEngine> started(Section engine, Supplier<Duration> timeout) {
    Supplier<Path> program = engine.required("program", files.existing());
    return () -> new ConfiguredEngine.Started(program.get(), timeout.get());
  }

  private static Duration timeout(String text) {
    Duration timeout = Parsers.DURATION.parse(text);
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("must be more than nothing");
    }
    return timeout;
  }
}
