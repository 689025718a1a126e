package dev.blastwall.opa.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private long now = Long.MAX_VALUE - 5;
  private final CircuitBreaker breaker = new CircuitBreaker(3, 10, () -> now);

  @Test
  void someFailuresArePermitted() {
    fail(2);

    assertThat(breaker.permits()).isTrue();
  }

  @Test
  void onlyFailuresInARowCount() {
    fail(2);
    breaker.succeeded();
    fail(2);

    assertThat(breaker.permits()).isTrue();
  }

  @Test
  void afterTooManyNothingIsLetThroughForAWhile() {
    fail(3);

    assertThat(breaker.permits()).isFalse();
    now += 9;
    assertThat(breaker.permits()).isFalse();
  }

  @Test
  void thenOneIsLetThroughAtATime() {
    fail(3);
    now += 10;

    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.permits()).isFalse();
    now += 10;
    assertThat(breaker.permits()).isTrue();
  }

  @Test
  void oneThatFailsKeepsTheOthersBack() {
    fail(3);
    now += 10;
    assertThat(breaker.permits()).isTrue();
    now += 9;
    fail(1);

    now += 9;
    assertThat(breaker.permits()).isFalse();
  }

  @Test
  void oneThatSucceedsLetsAllThrough() {
    fail(3);
    now += 10;
    assertThat(breaker.permits()).isTrue();
    breaker.succeeded();

    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.permits()).isTrue();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed();
    }
  }
}
