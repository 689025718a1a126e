package dev.blastwall.config;

import dev.blastwall.command.Principal.Kind;
import dev.blastwall.identity.KindRule;
import dev.blastwall.identity.SignatureAlgorithm;
import dev.blastwall.identity.TrustedIssuer;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads {@code issuers[…]}. */
final class IssuerReader {

  private final Set<String> names = new HashSet<>();

  Supplier<TrustedIssuer> read(Section section) {
    Supplier<String> issuer = section.required("issuer", this::url);
    Supplier<List<String>> audiences = section.list("audiences", Parsers.TEXT, List.of());
    if (!section.has("audiences")) {
      section.problem("audiences", "is missing");
    }
    Supplier<List<SignatureAlgorithm>> algorithms =
        section.list(
            "algorithms",
            IssuerReader::algorithm,
            SignatureAlgorithm.DEFAULTS.stream().sorted().toList());
    Supplier<List<String>> groups =
        section.list("group_claims", Parsers.TEXT, TrustedIssuer.DEFAULT_GROUP_CLAIMS);
    Supplier<List<KindRule>> kinds = section.sections("kinds", IssuerReader::kind);
    Supplier<Duration> skew =
        section.optional("clock_skew", IssuerReader::skew, TrustedIssuer.DEFAULT_CLOCK_SKEW);
    Supplier<Duration> lifetime =
        section.optional("max_lifetime", Parsers.DURATION, TrustedIssuer.DEFAULT_MAX_LIFETIME);
    Supplier<Boolean> actors = section.optional("accept_actors", Parsers.FLAG, false);
    section.end();
    return () ->
        new TrustedIssuer(
            issuer.get(),
            Set.copyOf(audiences.get()),
            Set.copyOf(algorithms.get()),
            groups.get(),
            kinds.get(),
            skew.get(),
            lifetime.get(),
            actors.get());
  }

  /** The issuers that were read so far. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  private String url(String text) {
    if (!names.add(TrustedIssuer.checkUrl(text))) {
      throw new IllegalArgumentException("this issuer is there twice");
    }
    return text;
  }

  private static SignatureAlgorithm algorithm(String text) {
    return SignatureAlgorithm.named(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of "
                    + Arrays.stream(SignatureAlgorithm.values())
                        .map(SignatureAlgorithm::wireName)
                        .collect(Collectors.joining(", "))));
  }

  private static Duration skew(String text) {
    Duration skew = Parsers.DURATION.parse(text);
    if (skew.compareTo(TrustedIssuer.MAX_CLOCK_SKEW) > 0) {
      throw new IllegalArgumentException("must be at most 5m");
    }
    return skew;
  }

  private static Supplier<KindRule> kind(Section section) {
    Supplier<String> claim = section.required("claim", Parsers.TEXT);
    Supplier<Optional<String>> value = section.optional("value", Parsers.TEXT);
    Supplier<Kind> kind = section.required("kind", Parsers.oneOf(Kind.class));
    section.end();
    return () -> new KindRule(claim.get(), value.get().orElse(null), kind.get());
  }
}
