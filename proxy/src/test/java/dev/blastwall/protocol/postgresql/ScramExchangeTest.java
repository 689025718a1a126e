package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.protocol.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against an upstream that says what it likes; a real one is in {@code SignInIT}. */
class ScramExchangeTest {

  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";

  private final ScramExchange exchange =
      new ScramExchange(
          new Secret("pencil"),
          new UpstreamChannel(false, new byte[0]),
          List.of(ScramExchange.SCRAM_SHA_256));

  @Test
  void anUpstreamCannotKeepTheGatewayBusy() {
    String first = first("2147483647");

    assertThatThrownBy(() -> exchange.answer(first)).hasMessageContaining("too many iterations");
  }

  @Test
  void anUpstreamThatGivesAnothersNonceIsNotAnswered() {
    exchange.first();

    assertThatThrownBy(() -> exchange.answer("r=another,s=" + SALT + ",i=4096"))
        .isInstanceOf(Exception.class);
  }

  @Test
  void anUpstreamThatDoesNotKnowThePasswordIsFound() throws Exception {
    assertThat(exchange.answer(first("4096"))).contains(",p=");

    assertThatThrownBy(() -> exchange.verify("v=" + "A".repeat(43) + "="))
        .isInstanceOf(Exception.class);
  }

  private String first(String iterations) {
    String message = exchange.first();
    String nonce = message.substring(message.indexOf("r=") + 2);
    return "r=" + nonce + "server,s=" + SALT + ",i=" + iterations;
  }
}
