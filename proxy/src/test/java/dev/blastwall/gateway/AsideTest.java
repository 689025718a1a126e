package dev.blastwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsideTest {

  private static final long PATIENCE = 60;

  private final Aside aside = new Aside("aside-test", 2);
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    aside.close();
  }

  @Test
  void tasksRunInTurnOnItsThread() throws InterruptedException {
    aside.execute(() -> done.add("first on " + Thread.currentThread().getName()));
    aside.execute(() -> done.add("second"));

    assertThat(List.of(next(), next())).containsExactly("first on aside-test", "second");
  }

  @Test
  void whatIsTooMuchIsRejectedUntilThereIsRoomAgain() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    aside.execute(() -> {
      begun.countDown();
      done.add(awaited(end));
    });
    begun.await();
    aside.execute(() -> done.add("waits"));
    aside.execute(() -> done.add("waits, too"));

    assertThatThrownBy(() -> aside.execute(() -> done.add("too much")))
        .isInstanceOf(RejectedExecutionException.class);
    end.countDown();

    assertThat(List.of(next(), next(), next())).containsExactly("ended", "waits", "waits, too");
    aside.execute(() -> done.add("again"));
    assertThat(next()).isEqualTo("again");
  }

  @Test
  void aTaskThatFailsHarmsNoOther() throws InterruptedException {
    aside.execute(() -> {
      throw new IllegalStateException("of the test");
    });
    aside.execute(() -> done.add("next"));

    assertThat(next()).isEqualTo("next");
  }

  @Test
  void onceClosedItTakesNothing() {
    aside.close();

    assertThatThrownBy(() -> aside.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  private String next() throws InterruptedException {
    String next = done.poll(PATIENCE, TimeUnit.SECONDS);
    assertThat(next).as("a task").isNotNull();
    return next;
  }

  private static String awaited(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE, TimeUnit.SECONDS) ? "ended" : "never ended";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
