package dev.blastwall.opa.decisionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final int ROOMY = 1 << 20;

  @TempDir private Path folder;

  @Test
  void givesWhatWasAddedInItsOrder() throws IOException {
    try (Spool spool = new Spool(folder, ROOMY)) {
      spool.append(lines(0, 5));
      spool.append(lines(5, 7));

      assertThat(drain(spool, 10)).isEqualTo(texts(0, 7));
      assertThat(spool.events()).isZero();
      assertThat(spool.bytes()).isZero();
    }
  }

  @Test
  void whatWasNotForgottenIsThereAgain() throws IOException {
    try (Spool spool = new Spool(folder, ROOMY)) {
      spool.append(lines(0, 5));
      spool.forget(spool.oldest(ROOMY).first(2));
    }

    try (Spool spool = new Spool(folder, ROOMY)) {
      spool.append(lines(5, 6));

      assertThat(spool.events()).isEqualTo(4);
      assertThat(drain(spool, ROOMY)).isEqualTo(texts(2, 6));
    }
  }

  @Test
  void aPositionNeverCountsForALaterSegment() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (Spool spool = new Spool(folder, ROOMY)) {
        spool.append(lines(0, 3));
        spool.forget(spool.oldest(ROOMY).first(1));
        assertThat(drain(spool, ROOMY)).isEqualTo(texts(1, 3));
      }
    }
  }

  @Test
  void aLineThatWasCutShortDoesNotCount() throws IOException {
    try (Spool spool = new Spool(folder, ROOMY)) {
      spool.append(lines(0, 2));
    }
    Files.writeString(segments().getFirst(), "{\"cut", StandardOpenOption.APPEND);

    try (Spool spool = new Spool(folder, ROOMY)) {
      spool.append(lines(2, 3));

      assertThat(drain(spool, ROOMY)).isEqualTo(texts(0, 3));
    }
  }

  @Test
  void whenItIsFullTheOldestGoAndAreCounted() throws IOException {
    long limit = 16 * 200;
    List<String> left;
    long lost = 0;
    try (Spool spool = new Spool(folder, limit)) {
      for (int i = 0; i < 500; i++) {
        lost += spool.append(lines(i, i + 1));
        assertThat(spool.bytes()).isLessThanOrEqualTo(limit);
      }
      left = drain(spool, ROOMY);
    }

    assertThat(lost).isPositive();
    assertThat(left).isEqualTo(texts((int) lost, 500));
  }

  @Test
  void manyLinesAtOnceDoNotGoBeyondTheLimit() throws IOException {
    long limit = 16 * 200;
    try (Spool spool = new Spool(folder, limit)) {
      long lost = spool.append(lines(0, 500));

      assertThat(spool.bytes()).isLessThanOrEqualTo(limit);
      assertThat(drain(spool, ROOMY)).isEqualTo(texts((int) lost, 500));
    }
  }

  @Test
  void whatWasLostDuringItsUploadIsNotForgottenTwice() throws IOException {
    long limit = 16 * 200;
    try (Spool spool = new Spool(folder, limit)) {
      spool.append(lines(0, 1));
      Chunk uploading = spool.oldest(1);
      long lost = spool.append(lines(1, 500));

      spool.forget(uploading);

      assertThat(drain(spool, ROOMY)).isEqualTo(texts((int) lost, 500));
    }
  }

  @Test
  void aLineLongerThanWhatWasAskedForIsGivenWhole() throws IOException {
    String text = "x".repeat(10_000);
    try (Spool spool = new Spool(folder, ROOMY)) {
      spool.append(List.of(text.getBytes(StandardCharsets.UTF_8)));

      assertThat(drain(spool, 7)).containsExactly(text);
    }
  }

  @Test
  void belongsToOneLogAtATime() throws IOException {
    try (Spool spool = new Spool(folder, ROOMY)) {
      assertThatThrownBy(() -> new Spool(folder, ROOMY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
      assertThat(spool.events()).isZero();
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Segment::isOne).sorted().toList();
    }
  }

  private static List<String> drain(Spool spool, int bytes) throws IOException {
    List<String> drained = new ArrayList<>();
    for (Chunk chunk = spool.oldest(bytes); chunk.events() > 0; chunk = spool.oldest(bytes)) {
      chunk.lines().forEach(line -> drained.add(new String(line, StandardCharsets.UTF_8)));
      spool.forget(chunk);
    }
    return drained;
  }

  private static List<byte[]> lines(int from, int to) {
    return texts(from, to).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "{\"event\":" + i + "}").toList();
  }
}
