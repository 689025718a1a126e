package dev.blastwall.opa.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BatchEncoderTest {
  @Property(tries = 50)
  void everyEventArrivesOnceAndNoUploadIsTooLarge(
      @ForAll @IntRange(min = 1024, max = 20_000) int limit,
      @ForAll @IntRange(min = 1, max = 300) int events,
      @ForAll @IntRange(max = 900) int noise,
      @ForAll long seed)
      throws IOException {
    BatchEncoder encoder = new BatchEncoder(limit);
    List<byte[]> left = lines(events, noise, new Random(seed));
    List<Value> arrived = new ArrayList<>();

    while (!left.isEmpty()) {
      BatchEncoder.Batch batch = encoder.encode(left);
      assertThat(batch.body()).hasSizeLessThanOrEqualTo(limit);
      assertThat(batch.reduced()).isFalse();
      List<Value> decoded = decoded(batch);
      assertThat(decoded).hasSize(batch.events());
      arrived.addAll(decoded);
      left = left.subList(batch.events(), left.size());
    }

    assertThat(arrived).hasSize(events);
    for (int i = 0; i < events; i++) {
      assertThat(((ObjectValue) arrived.get(i)).get("decision_id")).hasToString("\"" + i + "\"");
    }
  }

  @Property(tries = 5)
  void anEventThatIsTooLargeLosesItsCacheFirst(@ForAll long seed) throws IOException {
    ObjectValue event =
        new ObjectValue(3)
            .put("decision_id", "d")
            .put("input", "small")
            .put("nd_builtin_cache", noise(4000, new Random(seed)));

    BatchEncoder.Batch batch = new BatchEncoder(1024).encode(List.of(Json.writeBytes(event)));

    assertThat(batch.reduced()).isFalse();
    assertThat(only(batch).get("input")).isEqualTo(Value.of("small"));
    assertThat(only(batch).get("erased")).hasToString("[\"/nd_builtin_cache\"]");
  }

  @Property(tries = 5)
  void anEventThatIsStillTooLargeGoesWithoutItsContent(@ForAll long seed) throws IOException {
    ObjectValue event =
        new ObjectValue(3)
            .put("decision_id", "d")
            .put("input", noise(4000, new Random(seed)))
            .put("result", "small");
    List<byte[]> lines = List.of(Json.writeBytes(event), Json.writeBytes(event));

    BatchEncoder.Batch batch = new BatchEncoder(1024).encode(lines);

    assertThat(batch.reduced()).isTrue();
    assertThat(batch.events()).isOne();
    assertThat(only(batch))
        .hasToString("{\"decision_id\":\"d\",\"erased\":[\"/input\",\"/result\"]}");
  }

  private static List<byte[]> lines(int events, int noise, Random random) {
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      ObjectValue event =
          new ObjectValue(2).put("decision_id", "" + i).put("input", noise(noise, random));
      lines.add(Json.writeBytes(event));
    }
    return lines;
  }

  private static String noise(int length, Random random) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 'A', 'z').forEach(text::appendCodePoint);
    return text.toString();
  }

  private static ObjectValue only(BatchEncoder.Batch batch) throws IOException {
    return (ObjectValue) Objects.requireNonNull(decoded(batch).getFirst());
  }

  private static List<Value> decoded(BatchEncoder.Batch batch) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(batch.body()))) {
      return ((ArrayValue) Json.read(in.readAllBytes())).asList();
    }
  }
}
