package dev.blastwall.opa.sidecar;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** Speaks HTTP with one OPA. Its methods block. */
final class OpaClient implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final long MAX_ANSWER = 64L << 20;
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final OkHttpClient client;
  private final HttpUrl base;
  private final boolean provenance;

  /** What OPA said. */
  record Answer(int status, byte[] body) {}

  /**
   * Connects when it is asked.
   *
   * @param connections how many are kept
   * @param provenance whether OPA is to say which bundles answer
   */
  OpaClient(OpaAddress address, int connections, boolean provenance) {
    this.provenance = provenance;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .connectionPool(new ConnectionPool(connections, KEPT.toSeconds(), TimeUnit.SECONDS))
            // What limits a call is its own time-out.
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO);
    switch (address) {
      case OpaAddress.UnixSocket socket -> {
        base = HttpUrl.get("http://localhost/");
        builder
            .dns(host -> List.of(InetAddress.getLoopbackAddress()))
            .socketFactory(new UnixSocketFactory(socket.path()));
      }
      case OpaAddress.Tcp tcp -> base = Objects.requireNonNull(HttpUrl.get(tcp.url()));
    }
    client = builder.build();
  }

  /**
   * Asks for a rule (OPA's documentation, REST API: Get a Document (with Input)).
   *
   * @param path of the rule, with slashes
   * @throws java.io.InterruptedIOException when there is no answer in time
   * @throws IOException when there is none for another reason
   */
  Answer evaluate(String path, Value input, long timeoutNanos) throws IOException {
    byte[] body = Json.writeBytes(new ObjectValue(1).put("input", input));
    HttpUrl.Builder url = base.newBuilder().addPathSegments("v1/data/" + path);
    if (provenance) {
      url.addQueryParameter("provenance", "true");
    }
    return send(
        new Request.Builder().url(url.build()).post(RequestBody.create(body, JSON)).build(),
        timeoutNanos);
  }

  /** Whether it answers and has its bundles (OPA's documentation, REST API: Health API). */
  boolean isHealthy(Duration timeout) {
    HttpUrl url = base.newBuilder().addPathSegment("health").query("bundles&plugins").build();
    try {
      return send(new Request.Builder().url(url).build(), timeout.toNanos()).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Answer send(Request request, long timeoutNanos) throws IOException {
    Call call = client.newCall(request);
    call.timeout().timeout(timeoutNanos, TimeUnit.NANOSECONDS);
    try (Response response = call.execute();
        ResponseBody body = response.body()) {
      return new Answer(response.code(), read(body.source()));
    }
  }

  private static byte[] read(BufferedSource source) throws IOException {
    if (source.request(MAX_ANSWER + 1)) {
      throw new IOException("the answer is longer than " + MAX_ANSWER + " bytes");
    }
    return source.readByteArray();
  }

  /** Ends calls that wait, and connections that are kept. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
