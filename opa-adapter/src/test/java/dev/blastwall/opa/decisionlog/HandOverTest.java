package dev.blastwall.opa.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandOverTest {
  @Test
  void takesNoMoreThanItMayHoldButAlwaysSomething() {
    Handed.Decided one = decided("one");
    HandOver handOver = new HandOver(one.bytes());

    assertThat(handOver.offer(one)).isTrue();
    assertThat(handOver.offer(decided("two"))).isFalse();
    assertThat(handOver.takeRefused()).isOne();
    assertThat(handOver.takeRefused()).isZero();

    handOver.release(one);
    assertThat(handOver.offer(decided("a name that is longer than one"))).isTrue();
  }

  @Test
  void whatWeighsMoreTakesMoreRoom() {
    assertThat(decided("x".repeat(1000)).bytes()).isGreaterThan(decided("x").bytes() + 1900);
  }

  @Test
  void nothingIsTakenAfterItsEnd() {
    HandOver handOver = new HandOver(1 << 20);
    handOver.end();

    assertThat(handOver.offer(decided("late"))).isFalse();
    assertThat(handOver.mark(new Handed.Mark(() -> {}))).isFalse();
    assertThat(handOver.take()).isInstanceOf(Handed.End.class);
    assertThat(handOver.poll()).isNull();
  }

  @Test
  void whatManyHandOverArrivesWhole() throws InterruptedException {
    HandOver handOver = new HandOver(1 << 30);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(thread ->
                Thread.ofPlatform()
                    .start(() -> {
                      for (int i = 0; i < 1000; i++) {
                        handOver.offer(decided(thread + "/" + i));
                      }
                    }))
            .toList();

    List<Handed> taken = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      taken.add(handOver.take());
    }

    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken).doesNotHaveDuplicates().hasOnlyElementsOfType(Handed.Decided.class);
    assertThat(handOver.poll()).isNull();
  }

  private static Handed.Decided decided(String text) {
    return Handed.Decided.of(
        Decisions.about("d", new ObjectValue(1).put("text", text)), LogPolicy.EVERYTHING);
  }
}
