package dev.blastwall.protocol.postgresql;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.exception.ScramException;
import dev.blastwall.protocol.Secret;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sign-in by SCRAM-SHA-256, bound to the channel where that can be (RFC 5802, RFC 7677). */
final class ScramExchange {

  static final String SCRAM_SHA_256 = "SCRAM-SHA-256";
  static final String SCRAM_SHA_256_PLUS = "SCRAM-SHA-256-PLUS";

  private static final SaltedPasswords SALTED = new SaltedPasswords();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 24;

  /** PostgreSQL's default is 4096. A server that asks for more than this keeps the gateway busy. */
  private static final int MOST_ITERATIONS = 1_000_000;

  private static final byte[] NOT_YET_KNOWN = new byte[32];

  private final Secret password;
  private final UpstreamChannel channel;
  private final boolean bound;
  private final String nonce = ScramFunctions.nonce(NONCE_BYTES, RANDOM);
  private @Nullable ScramClient client;

  /**
   * Begins.
   *
   * @param offered the mechanisms that the upstream offers, {@link #SCRAM_SHA_256} among them or
   *     {@link #SCRAM_SHA_256_PLUS} on a channel that one can bind to
   */
  ScramExchange(Secret password, UpstreamChannel channel, List<String> offered) {
    this.password = password;
    this.channel = channel;
    this.bound = canBind(channel, offered);
  }

  static boolean isPossible(UpstreamChannel channel, List<String> offered) {
    return offered.contains(SCRAM_SHA_256) || canBind(channel, offered);
  }

  private static boolean canBind(UpstreamChannel channel, List<String> offered) {
    return offered.contains(SCRAM_SHA_256_PLUS) && channel.hasEndPoint();
  }

  String mechanism() {
    return bound ? SCRAM_SHA_256_PLUS : SCRAM_SHA_256;
  }

  /** The first message; it does not depend on the password. */
  String first() {
    return client(NOT_YET_KNOWN).clientFirstMessage().toString();
  }

  /**
   * The answer to the upstream's first message. The upstream says how often the password is hashed:
   * that work has no place on an event loop.
   *
   * @throws ScramException when the message is malformed
   * @throws IllegalArgumentException when it asks for less than SCRAM allows, or for too much
   */
  String answer(String serverFirst) throws ScramException {
    ServerFirstMessage asks = ServerFirstMessage.parseFrom(serverFirst, nonce);
    if (asks.getIterationCount() > MOST_ITERATIONS) {
      throw new IllegalArgumentException("too many iterations");
    }
    ScramClient salted = client(SALTED.of(password, asks.getSalt(), asks.getIterationCount()));
    salted.clientFirstMessage();
    salted.serverFirstMessage(serverFirst);
    client = salted;
    return salted.clientFinalMessage().toString();
  }

  /**
   * Whether the upstream proves that it knows the password.
   *
   * @throws ScramException when it does not
   */
  void verify(String serverFinal) throws ScramException {
    if (client == null) {
      throw ProtocolViolation.malformed("a SCRAM message out of place");
    }
    client.serverFinalMessage(serverFinal);
  }

  private ScramClient client(byte[] saltedPassword) {
    // Where the server offers no binding, the gateway says that it could: then a server whose offer
    // was taken away by somebody between them refuses (RFC 5802, section 6).
    return ScramClient.builder()
        .advertisedMechanisms(
            bound ? List.of(SCRAM_SHA_256_PLUS, SCRAM_SHA_256) : List.of(SCRAM_SHA_256))
        // The server takes the name from the StartupMessage and ignores this one.
        .username("*")
        .saltedPassword(saltedPassword)
        .channelBinding(UpstreamChannel.BINDING, channel.endPoint())
        .nonceSupplier(() -> nonce)
        .build();
  }
}
