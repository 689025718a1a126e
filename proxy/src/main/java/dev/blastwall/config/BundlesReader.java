package dev.blastwall.config;

import dev.blastwall.opa.bundle.BundleConfig;
import dev.blastwall.opa.bundle.BundleLimits;
import dev.blastwall.opa.bundle.BundleSource;
import dev.blastwall.opa.bundle.Polling;
import dev.blastwall.opa.bundle.Verification;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads {@code bundle} or {@code bundles}: one bundle in files or several with where they come
 * from.
 */
final class BundlesReader {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private final FileParsers files;
  private final SourceReader sources;

  BundlesReader(FileParsers files, SourceReader sources) {
    this.files = files;
    this.sources = sources;
  }

  /**
   * Reads the bundles of one set.
   *
   * @param prefix what their names begin with
   */
  Supplier<List<BundleConfig>> read(Section set, String prefix, BundleKeys keys) {
    return set.has("bundle") == set.has("bundles")
        ? set.problem("needs exactly one of bundle, bundles")
        : set.has("bundle") ? only(set, prefix, keys) : several(set, prefix, keys);
  }

  private Supplier<List<BundleConfig>> only(Section set, String prefix, BundleKeys keys) {
    Supplier<BundleSource.InFiles> source =
        set.required("bundle", text -> new BundleSource.InFiles(files.present().parse(text)));
    return () ->
        List.of(
            new BundleConfig(
                prefix + "policy",
                source.get(),
                Polling.DEFAULT,
                keys.verification(Optional.empty(), Optional.empty()),
                BundleLimits.DEFAULT));
  }

  private Supplier<List<BundleConfig>> several(Section set, String prefix, BundleKeys keys) {
    Section section = set.section("bundles");
    List<Supplier<BundleConfig>> all = new ArrayList<>();
    for (String name : section.keys()) {
      if (!NAME.matcher(prefix + name).matches()) {
        section.problem(name, "a name has only letters, digits, dots, hyphens, underscores");
      }
      all.add(bundle(prefix + name, section.section(name), keys));
    }
    return () -> all.stream().map(Supplier::get).toList();
  }

  private Supplier<BundleConfig> bundle(String name, Section section, BundleKeys keys) {
    Supplier<? extends BundleSource> source = sources.read(section, keys.present());
    Supplier<Polling> polling = polling(section.section("polling"));
    Function<BundleKeys, Verification> verification = verification(section, keys.present());
    section.end();
    return () ->
        new BundleConfig(
            name, source.get(), polling.get(), verification.apply(keys), BundleLimits.DEFAULT);
  }

  private static Function<BundleKeys, Verification> verification(Section bundle, boolean signed) {
    if (!signed && bundle.has("signing")) {
      bundle.problem("signing", "needs policy.keys to verify signatures with");
    }
    Section signing = bundle.section("signing");
    Supplier<Optional<String>> keyId = signing.optional("keyid", Parsers.TEXT);
    Supplier<Optional<String>> scope = signing.optional("scope", Parsers.TEXT);
    signing.end();
    return keys -> keys.verification(keyId.get(), scope.get());
  }

  private static Supplier<Polling> polling(Section section) {
    Supplier<Duration> min =
        section.optional("min_delay", Parsers.DURATION, Polling.DEFAULT.minDelay());
    Supplier<Duration> max =
        section.optional("max_delay", Parsers.DURATION, Polling.DEFAULT.maxDelay());
    Supplier<Optional<Duration>> wait =
        section.optional("long_polling_timeout", BundlesReader::wholeSeconds);
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
