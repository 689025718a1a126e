package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CatalogMemoryTest {

  private final AtomicInteger epoch = new AtomicInteger();
  private final CatalogMemory<String, String> memory = new CatalogMemory<>(epoch);

  private void put(Duration age) {
    memory.put("key", "value", System.nanoTime() - age.toNanos(), epoch.get());
  }

  @Test
  void knowsWhatIsFresh() {
    put(Duration.ZERO);

    assertThat(memory.get("key")).isNotNull();
    assertThat(memory.young("key")).isNotNull();
  }

  @Test
  void forgetsWhatIsOld() {
    put(CatalogMemory.FRESH);

    assertThat(memory.get("key")).isNull();
  }

  @Test
  void renewsWhatAgesOnce() {
    put(CatalogMemory.FRESH.dividedBy(2));

    CatalogMemory.Entry<String> aging = memory.get("key");
    assertThat(aging).isNotNull();
    assertThat(aging.isToRenew()).isTrue();
    assertThat(aging.isToRenew()).isFalse();
    assertThat(memory.young("key")).isNull();
  }

  @Test
  void forgetsWhatWasReadBeforeASchemaChange() {
    put(Duration.ZERO);
    epoch.incrementAndGet();

    assertThat(memory.get("key")).isNull();
  }

  @Test
  void anAnswerThatWasOnItsWayDuringASchemaChangeDoesNotCount() {
    int before = epoch.get();
    epoch.incrementAndGet();
    memory.put("key", "value", System.nanoTime(), before);

    assertThat(memory.get("key")).isNull();
  }
}
