package dev.blastwall.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Real servers that keep bundles. */
final class StoreServers {

  static final String REGION = "eu-west-1";
  static final String ACCESS = "AKtest";
  static final String SECRET = "SKtest12345";

  /** The password "secret" for the user "reader", as htpasswd -B writes it. */
  private static final String HTPASSWD =
      "reader:$2b$04$jO1VlS/8iZBFEuYUUlXExuiKgIFzUQLAghn9hJdCXBIVYlxjqrNJ2\n";

  private StoreServers() {}

  /** An S3-compatible store without buckets. */
  static ServerProgram s3(Path work) throws Exception {
    Path root = Path.of("..").toAbsolutePath().normalize();
    String program =
        Program.run(root, Map.of(), "", List.of("ci/versitygw"))
            .output()
            .lines()
            .reduce((first, last) -> last)
            .orElseThrow();
    Path data = Files.createDirectories(work.resolve("s3"));
    return ServerProgram.start(
        work.resolve("s3.log"),
        Map.of("ROOT_ACCESS_KEY", ACCESS, "ROOT_SECRET_KEY", SECRET),
        port ->
            List.of(
                program,
                "--port",
                "127.0.0.1:" + port,
                "--region",
                REGION,
                "posix",
                data.toString()));
  }

  /** An OCI registry that wants a login. */
  static ServerProgram registry(Path work) throws Exception {
    Path users = Files.writeString(work.resolve("htpasswd"), HTPASSWD);
    Path config = work.resolve("registry.yml");
    return ServerProgram.start(
        work.resolve("registry.log"),
        Map.of(),
        port -> {
          write(
              config,
              """
              version: 0.1
              storage: {filesystem: {rootdirectory: %s}}
              http: {addr: "127.0.0.1:%d"}
              auth: {htpasswd: {realm: test, path: %s}}
              """
                  .formatted(work.resolve("registry"), port, users));
          return List.of("docker-registry", "serve", config.toString());
        });
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
