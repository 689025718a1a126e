package dev.blastwall.config;

import dev.blastwall.opa.bundle.BundleSource;
import dev.blastwall.opa.bundle.SecretRef;
import dev.blastwall.yaml.Parser;
import dev.blastwall.yaml.Parsers;
import dev.blastwall.yaml.Section;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads where a bundle comes from: {@code policy.bundles.NAME}. */
final class SourceReader {

  private static final List<String> KINDS = List.of("file", "url", "s3", "oci");

  private final FileParsers files;
  private final SecretRefs secrets;

  SourceReader(FileParsers files, SecretRefs secrets) {
    this.files = files;
    this.secrets = secrets;
  }

  /**
   * The source.
   *
   * @param signed whether bundles are verified; if not, nobody may be able to change them on their
   *     way
   */
  Supplier<? extends BundleSource> read(Section bundle, boolean signed) {
    List<String> present = KINDS.stream().filter(bundle::has).toList();
    if (present.size() != 1) {
      return bundle.problem("needs exactly one of " + String.join(", ", KINDS));
    }
    Parser<URI> url = text -> url(text, signed);
    return switch (present.getFirst()) {
      case "file" ->
          bundle.required("file", text -> new BundleSource.InFiles(files.any().parse(text)));
      case "url" -> http(bundle, url);
      case "s3" -> s3(bundle.section("s3"), url);
      default -> oci(bundle.section("oci"), url);
    };
  }

  private Supplier<BundleSource> http(Section section, Parser<URI> parser) {
    Supplier<URI> url = section.required("url", parser);
    Supplier<Optional<SecretRef>> token = secrets.optional(section, "token");
    Supplier<Optional<Path>> authorities = section.optional("ca", files.existing());
    return section.checked(() ->
        new BundleSource.Http(url.get(), overSafeWay(url.get(), token.get()), authorities.get()));
  }

  private Supplier<BundleSource> s3(Section section, Parser<URI> parser) {
    Supplier<URI> endpoint = section.required("endpoint", parser);
    Supplier<String> region = section.required("region", Parsers.TEXT);
    Supplier<String> bucket = section.required("bucket", Parsers.TEXT);
    Supplier<String> object = section.required("object", Parsers.TEXT);
    Supplier<Optional<String>> accessKey = section.optional("access_key", Parsers.TEXT);
    Supplier<Optional<SecretRef>> secretKey = secrets.optional(section, "secret_key");
    requireBoth(section, "access_key", "secret_key");
    section.end();
    return () ->
        new BundleSource.S3(
            endpoint.get(),
            region.get(),
            bucket.get(),
            object.get(),
            accessKey
                .get()
                .map(key -> new BundleSource.S3Credentials(key, secretKey.get().orElseThrow())));
  }

  private Supplier<BundleSource> oci(Section section, Parser<URI> parser) {
    Supplier<URI> registry = section.required("registry", parser);
    Supplier<String> repository = section.required("repository", Parsers.TEXT);
    Supplier<String> reference = section.optional("reference", Parsers.TEXT, "latest");
    Supplier<Optional<String>> user = section.optional("user", Parsers.TEXT);
    Supplier<Optional<SecretRef>> password = secrets.optional(section, "password");
    requireBoth(section, "user", "password");
    Supplier<Optional<Path>> authorities = section.optional("ca", files.existing());
    section.end();
    return section.checked(() ->
        new BundleSource.Oci(
            registry.get(),
            repository.get(),
            reference.get(),
            overSafeWay(registry.get(), password.get())
                .map(secret -> new BundleSource.Login(user.get().orElse(""), secret)),
            authorities.get()));
  }

  private static void requireBoth(Section section, String name, String secret) {
    boolean hasSecret = section.has(secret + "_file") || section.has(secret + "_env");
    if (section.has(name) != hasSecret) {
      section.problem("needs both " + name + " and " + secret + "_file or " + secret + "_env");
    }
  }

  private static URI url(String text, boolean signed) {
    URI url = URI.create(text);
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "must be a URL, for instance https://bundles.example/shop");
    }
    boolean safe = "https".equals(url.getScheme());
    boolean plain = "http".equals(url.getScheme()) && (signed || isLoopback(url.getHost()));
    if (!safe && !plain) {
      throw new IllegalArgumentException(
          "must begin with https, or bundles must be signed: see policy.keys");
    }
    return url;
  }

  private static Optional<SecretRef> overSafeWay(URI url, Optional<SecretRef> secret) {
    if (secret.isPresent() && !"https".equals(url.getScheme()) && !isLoopback(url.getHost())) {
      throw new IllegalArgumentException("sends a secret, so its address must begin with https");
    }
    return secret;
  }

  static boolean isLoopback(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
