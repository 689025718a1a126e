package dev.blastwall.config;

import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.opa.bundle.BundleLimits;
import dev.blastwall.opa.bundle.BundleSource;
import dev.blastwall.opa.bundle.Polling;
import dev.blastwall.opa.bundle.Verification;
import dev.blastwall.opa.bundle.VerificationKey;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads {@code policy}: the engine, and one bundle in files or several with where they come from.
 */
final class PolicyReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private final FileParsers files;
  private final SourceReader sources;
  private final KeyReader keyReader;
  private final EngineReader engines;

  PolicyReader(FileParsers files, SecretRefs secrets) {
    this.files = files;
    this.sources = new SourceReader(files, secrets);
    this.keyReader = new KeyReader(secrets);
    this.engines = new EngineReader(files);
  }

  Supplier<ConfiguredPolicy> read(Section policy) {
    Section sidecar = policy.isSection("engine") ? policy.section("engine") : null;
    Supplier<? extends ConfiguredEngine> engine =
        sidecar == null ? engines.word(policy) : engines.sidecar(sidecar);
    Supplier<List<BundleConfig>> bundles =
        sidecar != null && sidecar.has("sidecar") ? none(policy) : bundles(policy);
    policy.end();
    return () -> new ConfiguredPolicy(engine.get(), bundles.get());
  }

  private static Supplier<List<BundleConfig>> none(Section policy) {
    for (String key : List.of("bundle", "bundles", "keys")) {
      if (policy.has(key)) {
        policy.problem(key, "must not be here: the OPA of policy.engine loads its own bundles");
      }
    }
    return List::of;
  }

  private Supplier<List<BundleConfig>> bundles(Section policy) {
    Supplier<Map<String, VerificationKey>> keys = keyReader.read(policy.section("keys"));
    boolean signed = policy.has("keys");
    if (signed && policy.section("keys").keys().isEmpty()) {
      policy.problem("keys", "must not be empty");
    }
    return policy.has("bundle") == policy.has("bundles")
        ? policy.problem("needs exactly one of bundle, bundles")
        : policy.has("bundle") ? only(policy, keys, signed) : several(policy, keys, signed);
  }

  private Supplier<List<BundleConfig>> only(
      Section policy, Supplier<Map<String, VerificationKey>> keys, boolean signed) {
    Supplier<BundleSource.InFiles> source =
        policy.required("bundle", text -> new BundleSource.InFiles(files.present().parse(text)));
    return () -> {
      Verification verification =
          signed
              ? new Verification.Signed(keys.get(), Optional.empty(), Optional.empty())
              : new Verification.Unsigned();
      return List.of(
          new BundleConfig(
              "policy", source.get(), Polling.DEFAULT, verification, BundleLimits.DEFAULT));
    };
  }

  private Supplier<List<BundleConfig>> several(
      Section policy, Supplier<Map<String, VerificationKey>> keys, boolean signed) {
    Section section = policy.section("bundles");
    List<Supplier<BundleConfig>> all = new ArrayList<>();
    for (String name : section.keys()) {
      if (!NAME.matcher(name).matches()) {
        section.problem(name, "a name has only letters, digits, dots, hyphens, underscores");
      }
      all.add(bundle(name, section.section(name), keys, signed));
    }
    return () -> all.stream().map(Supplier::get).toList();
  }

  private Supplier<BundleConfig> bundle(
      String name, Section section, Supplier<Map<String, VerificationKey>> keys, boolean signed) {
    Supplier<? extends BundleSource> source = sources.read(section, signed);
    Supplier<Polling> polling = polling(section.section("polling"));
    Function<Map<String, VerificationKey>, Verification> verification =
        verification(section, signed);
    section.end();
    return () ->
        new BundleConfig(
            name,
            source.get(),
            polling.get(),
            verification.apply(keys.get()),
            BundleLimits.DEFAULT);
  }

  private static Function<Map<String, VerificationKey>, Verification> verification(
      Section bundle, boolean signed) {
    if (!signed && bundle.has("signing")) {
      bundle.problem("signing", "needs policy.keys to verify signatures with");
    }
    Section signing = bundle.section("signing");
    Supplier<Optional<String>> keyId = signing.optional("keyid", Parsers.TEXT);
    Supplier<Optional<String>> scope = signing.optional("scope", Parsers.TEXT);
    signing.end();
    return keys ->
        signed
            ? new Verification.Signed(keys, keyId.get(), scope.get())
            : new Verification.Unsigned();
  }

  private static Supplier<Polling> polling(Section section) {
    Supplier<Duration> min =
        section.optional("min_delay", Parsers.DURATION, Polling.DEFAULT.minDelay());
    Supplier<Duration> max =
        section.optional("max_delay", Parsers.DURATION, Polling.DEFAULT.maxDelay());
    Supplier<Optional<Duration>> wait =
        section.optional("long_polling_timeout", PolicyReader::wholeSeconds);
    section.end();
    return section.checked(() -> new Polling(min.get(), max.get(), wait.get()));
  }

  /** The header that carries it has no smaller unit. */
  private static Duration wholeSeconds(String text) {
    Duration duration = Parsers.DURATION.parse(text);
    if (duration.toSeconds() < 1 || duration.toMillisPart() != 0) {
      throw new IllegalArgumentException("must be a number of seconds, for instance 30s");
    }
    return duration;
  }
}
