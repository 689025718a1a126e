package dev.blastwall.protocol.postgresql;

import com.ongres.scram.common.exception.ScramException;
import dev.blastwall.protocol.Secret;
import dev.blastwall.protocol.Upstream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Proves the gateway's password to an upstream (manual, "Message Formats", Authentication…). */
final class UpstreamPassword {

  private static final int OK = 0;
  private static final int CLEARTEXT = 3;
  private static final int MD5 = 5;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;

  private static final int MD5_SALT = 4;

  private final Upstream upstream;
  private final PostgresqlEncoder encoder;
  private final UpstreamChannel channel;
  private @Nullable ScramExchange scram;
  private boolean serverProved;
  private boolean accepted;

  UpstreamPassword(Upstream upstream, PostgresqlEncoder encoder, UpstreamChannel channel) {
    this.upstream = upstream;
    this.encoder = encoder;
    this.channel = channel;
  }

  /** Whether the upstream let the gateway in. */
  boolean accepted() {
    return accepted;
  }

  /**
   * Answers one request.
   *
   * @param request the body of an Authentication message
   * @param loop where {@code send} and {@code fail} are called
   */
  void answer(Body request, Executor loop, Consumer<ByteBuf> send, Consumer<String> fail) {
    switch (request.int32()) {
      case OK -> ok(fail);
      case CLEARTEXT -> cleartext(send, fail);
      case MD5 -> md5(request.bytes(MD5_SALT), send, fail);
      case SASL -> begin(request, send, fail);
      case SASL_CONTINUE -> offLoop(request.utf8(request.remaining()), loop, send, fail);
      case SASL_FINAL -> verify(request.utf8(request.remaining()), fail);
      default -> fail.accept("the upstream asks for a way to sign in that the gateway lacks");
    }
  }

  private void ok(Consumer<String> fail) {
    if (scram != null && !serverProved) {
      fail.accept("the upstream did not prove that it knows the gateway's password");
      return;
    }
    accepted = true;
  }

  private void cleartext(Consumer<ByteBuf> send, Consumer<String> fail) {
    if (channel.tls()) {
      send.accept(encoder.password(upstream.password()));
    } else {
      fail.accept("the upstream asks for the password in clear without TLS");
    }
  }

  /**
   * Whoever asks for MD5 gets a hash from which the password can be found, so it must be somebody
   * whose certificate was checked.
   */
  private void md5(byte[] salt, Consumer<ByteBuf> send, Consumer<String> fail) {
    if (channel.tls()) {
      send.accept(encoder.password(md5(salt)));
    } else {
      fail.accept("the upstream asks for an MD5 hash of the password without TLS");
    }
  }

  /** "md5" and md5(md5(password, user), salt), each digest in hexadecimal. */
  private Secret md5(byte[] salt) {
    String inner = hex(bytes(upstream.password().value() + upstream.user()), new byte[0]);
    return new Secret("md5" + hex(bytes(inner), salt));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] text, byte[] salt) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(text);
      return HexFormat.of().formatHex(md5.digest(salt));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private void begin(Body request, Consumer<ByteBuf> send, Consumer<String> fail) {
    List<String> mechanisms = new ArrayList<>();
    for (String name = request.text(); !name.isEmpty(); name = request.text()) {
      mechanisms.add(name);
    }
    if (!ScramExchange.isPossible(channel, mechanisms)) {
      fail.accept("the upstream does not offer " + ScramExchange.SCRAM_SHA_256);
      return;
    }
    scram = new ScramExchange(upstream.password(), channel, mechanisms);
    send.accept(encoder.saslInitialResponse(scram.mechanism(), scram.first()));
  }

  /** The upstream says how often the password is hashed: that work has no place on the loop. */
  private void offLoop(
      String serverFirst, Executor loop, Consumer<ByteBuf> send, Consumer<String> fail) {
    ScramExchange exchange = started();
    Thread.ofVirtual()
        .name("scram")
        .start(() -> {
          try {
            String answer = exchange.answer(serverFirst);
            loop.execute(() -> send.accept(encoder.saslResponse(answer)));
          } catch (ScramException | IllegalArgumentException e) {
            loop.execute(() -> fail.accept("the upstream's SCRAM message is malformed"));
          }
        });
  }

  private void verify(String serverFinal, Consumer<String> fail) {
    try {
      started().verify(serverFinal);
      serverProved = true;
    } catch (ScramException e) {
      fail.accept("the upstream did not prove that it knows the gateway's password");
    }
  }

  private ScramExchange started() {
    if (scram == null) {
      throw ProtocolViolation.malformed("a SCRAM message that nobody asked for");
    }
    return scram;
  }
}
