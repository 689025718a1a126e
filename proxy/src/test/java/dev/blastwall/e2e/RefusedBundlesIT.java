package dev.blastwall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Bundles that a running gateway must not take: each is refused in words that say what is wrong and
 * what to do, in the log and in the status, while a session that is open goes on by the last good
 * one. After each of them, the next good bundle is taken.
 */
class RefusedBundlesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();

  @TempDir private static Path work;
  private static ServedPolicy policy;
  private static AppenderBase<ILoggingEvent> appender;
  private static int revision = 1;

  /** Bytes, of which the archive that holds them has a thousandth. */
  private static final long BOMB = 300L << 20;

  /** As many as are wanted. */
  private static final class Zeros extends InputStream {

    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) 0);
      return length;
    }
  }

  private Connection session;
  private Statement statement;

  @BeforeAll
  static void start() throws Exception {
    appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            LOG.add(event.getFormattedMessage());
          }
        };
    appender.start();
    log().addAppender(appender);
    policy = new ServedPolicy(work, BundlesIT.FORWARD);
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger("dev.blastwall.gateway");
  }

  @AfterAll
  static void stop() {
    policy.close();
    log().detachAppender(appender);
  }

  @BeforeEach
  void connect() throws Exception {
    LOG.clear();
    session = policy.connect();
    statement = session.createStatement();
  }

  @AfterEach
  void disconnect() throws Exception {
    session.close();
  }

  @Test
  void aTamperedOne() throws Exception {
    byte[] good = policy.signed("tampered", sources());

    refuses(
        repacked(good, "gate.rego", "package blastwall\n\ndecision := {}\n"),
        "gate.rego is not what was signed",
        "fetch the bundle again, or sign it after the last change");
  }

  @Test
  void oneToWhichAFileWasAdded() throws Exception {
    byte[] good = policy.signed("added", sources());

    refuses(
        repacked(good, "more/data.json", "{}"),
        "more/data.json, which its signature does not name",
        "sign it after the last change");
  }

  @Test
  void oneThatIsCutShort() throws Exception {
    byte[] good = policy.signed("cut", sources());
    byte[] cut = new byte[good.length / 2];
    System.arraycopy(good, 0, cut, 0, cut.length);

    refuses(cut, "cut short", "fetch or build it again");
  }

  @Test
  void anUnsignedOne() throws Exception {
    refuses(
        policy.unsigned("unsigned", sources()),
        "the bundle is not signed",
        "opa build --signing-key");
  }

  @Test
  void oneWithAForeignBuiltIn() throws Exception {
    Path sources =
        policy.sources(
            BundlesIT.FORWARD.replace(
                "\"masks\": []",
                "\"masks\": http.send({\"method\": \"get\", \"url\": \"http://127.0.0.1\"}).body"));

    refuses(policy.signed("foreign", sources), "http.send", "opa check --capabilities");
  }

  @Test
  void aBomb() throws Exception {
    refuses(
        repacked(policy.signed("bomb", sources()), "bomb.bin", BOMB, new Zeros()),
        "more than 256 MiB",
        "leave out what is not policy or data");
  }

  @Test
  void oneWhoseDataStandWhereARuleDoes() throws Exception {
    Path sources = sources();
    Files.writeString(sources.resolve("data.json"), "{\"blastwall\": {\"decision\": {}}}");

    refuses(
        policy.signed("conflict", sources),
        "both a rule and the data give data.blastwall.decision",
        "rename the rule, or leave it out of the data");
  }

  @Test
  void oneWhoseLogRulesNobodyCanAsk() throws Exception {
    Path sources = sources();
    Files.writeString(
        sources.resolve("log.rego"), "package system.log\n\nmask contains \"/input/command\"\n");

    refuses(
        policy.signed("unmasked", sources),
        "what must not stand in the decision log",
        "opa build -e system/log/mask");

    policy.activate("masked", policy.signed("masked", sources, "-e", "system/log/mask"));
  }

  private static Path sources() throws IOException {
    return policy.sources(BundlesIT.FORWARD);
  }

  private void refuses(byte[] bundle, String what, String advice) throws Exception {
    String before = policy.gateway().bundleRevision();

    policy.serveTwice(bundle);

    assertThat(policy.gateway().bundleRevision()).isEqualTo(before);
    assertThat(statement.execute("select 1")).isTrue();
    assertThat(LOG)
        .anySatisfy(
            line -> assertThat(line).contains("bundle refused", "bundle=main", what, advice));
    JsonNode status = status();
    assertThat(status.path("active_revision").asText()).isEqualTo(before);
    assertThat(status.path("code").asText()).isEqualTo("bundle_error");
    assertThat(status.path("message").asText()).contains(what).contains(advice);
    goesOn();
  }

  private void goesOn() throws Exception {
    String next = "next" + ++revision;
    policy.activate(next, policy.signed(next, sources()));
    assertThat(statement.execute("select 1")).isTrue();
    ServedPolicy.awaitTrue(
        () -> status().path("message").isMissingNode(), "nothing is wrong any more");
  }

  private static JsonNode status() {
    URI uri = policy.gateway().api().resolve("/v1/status");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      return JSON.readTree(response.body()).path("result").path("bundles").path("main");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Another content for a file, or one more file. */
  private static byte[] repacked(byte[] archive, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return repacked(archive, name, bytes.length, new ByteArrayInputStream(bytes));
  }

  private static byte[] repacked(byte[] archive, String name, long size, InputStream content)
      throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (TarArchiveInputStream in =
            new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)));
        TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(packed))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().endsWith("/" + name)) {
          copy(entry.getName(), entry.getSize(), in, out);
        }
      }
      copy(name, size, content, out);
    }
    return packed.toByteArray();
  }

  private static void copy(String name, long size, InputStream from, TarArchiveOutputStream out)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    out.putArchiveEntry(entry);
    byte[] buffer = new byte[1 << 16];
    for (long left = size; left > 0; ) {
      int count = from.read(buffer, 0, (int) Math.min(left, buffer.length));
      out.write(buffer, 0, count);
      left -= count;
    }
    out.closeArchiveEntry();
  }
}
