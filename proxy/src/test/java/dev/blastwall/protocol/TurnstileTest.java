package dev.blastwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  private final List<String> handled = new ArrayList<>();
  private final List<Boolean> reading = new ArrayList<>();
  private final Turnstile<String> turnstile =
      new Turnstile<>(this::handle, String::length, 4, reading::add);

  @Test
  void whatComesWhileAnAnswerIsAwaitedGoesThroughInOrderAfterIt() {
    turnstile.offer("wait");
    turnstile.offer("a");
    turnstile.offer("b");
    assertThat(handled).containsExactly("wait");

    turnstile.open();

    assertThat(handled).containsExactly("wait", "a", "b");
  }

  @Test
  void anAnswerThatComesAtOnceKeepsTheOrder() {
    turnstile.offer("at once");
    turnstile.offer("a");

    assertThat(handled).containsExactly("at once", "a");
  }

  @Test
  void aMessageThatAHandlerOffersWaitsForThatHandler() {
    turnstile.offer("echo");

    assertThat(handled).containsExactly("echo", "echoed");
  }

  @Test
  void theSourcePausesAtTheLimitAndGoesOnWhenHalfIsGone() {
    turnstile.offer("wait");
    turnstile.offer("1234");
    assertThat(reading).isEmpty();
    turnstile.offer("5");
    assertThat(reading).containsExactly(false);

    turnstile.open();

    assertThat(reading).containsExactly(false, true);
    assertThat(handled).containsExactly("wait", "1234", "5");
  }

  @Test
  void openingAnOpenTurnstileIsABug() {
    assertThatThrownBy(turnstile::open).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theEndDisposesOfWhatWaits() {
    List<String> disposed = new ArrayList<>();
    turnstile.offer("wait");
    turnstile.offer("a");

    turnstile.clear(disposed::add);

    assertThat(disposed).containsExactly("a");
  }

  private void handle(String message) {
    handled.add(message);
    switch (message) {
      case "wait" -> turnstile.close();
      case "at once" -> {
        turnstile.close();
        turnstile.open();
      }
      case "echo" -> turnstile.offer("echoed");
      default -> {}
    }
  }
}
