package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.masking.Detector;
import dev.blastwall.masking.DetectorMask;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PostgresqlMaskingTest {

  private static final int TEXT = 25;
  private static final int INT = 23;

  private static final List<WireColumn> COLUMNS =
      List.of(column(INT, false), column(TEXT, false), column(TEXT, false));

  private static WireColumn column(int type, boolean binary) {
    return new WireColumn("c", 0, (short) 0, type, binary);
  }

  private static byte[] row(String... values) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(body)) {
      out.writeShort(values.length);
      for (String value : values) {
        if (value == null) {
          out.writeInt(-1);
        } else {
          byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
          out.writeInt(utf8.length);
          out.write(utf8);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return RawClient.message('D', body.toByteArray());
  }

  private static RowMask mask(MaskPlan plan) {
    return ((Rows.Masked) PostgresqlMasking.rows(plan, COLUMNS, Map.of())).mask();
  }

  private static MaskPlan redactingSecond() {
    return new MaskPlan(Map.of(1, new Mask.Redact()), List.of());
  }

  private static List<List<String>> rows(ByteBuf run) {
    List<List<String>> rows = new ArrayList<>();
    while (run.isReadable()) {
      run.skipBytes(1);
      byte[] body = new byte[run.readInt() - 4];
      run.readBytes(body);
      rows.add(RawClient.row(new RawClient.Message('D', body)));
    }
    return rows;
  }

  @Test
  void aResultWithoutMasksPassesVerbatim() {
    assertThat(PostgresqlMasking.rows(MaskPlan.NONE, COLUMNS, Map.of()))
        .isEqualTo(Rows.Verbatim.VERBATIM);
  }

  @Test
  void everyRowOfARunIsMaskedAndTheRestOfItStays() {
    ByteBuf run =
        Unpooled.wrappedBuffer(
            RawClient.all(row("1", "a", "x"), row("2", null, "y"), row("3", "b", null)));
    ByteBuf masked = mask(redactingSecond()).apply(run, ByteBufAllocator.DEFAULT);
    assertThat(rows(masked))
        .containsExactly(
            List.of("1", "[redacted]", "x"),
            List.of("2", "NULL", "y"),
            List.of("3", "[redacted]", "NULL"));
    masked.release();
  }

  @Test
  void aRunInWhichNothingIsFoundStaysTheSameBytes() {
    MaskPlan plan =
        new MaskPlan(Map.of(), List.of(new DetectorMask(Detector.CARD_NUMBER, new Mask.Redact())));
    ByteBuf run = Unpooled.wrappedBuffer(row("1", "a", "b"));
    assertThat(mask(plan).apply(run, ByteBufAllocator.DEFAULT)).isSameAs(run);
  }

  @Test
  void aRowWithMoreOrFewerValuesThanItsDescriptionIsAViolation() {
    RowMask mask = mask(redactingSecond());
    for (byte[] row : List.of(row("1", "a"), row("1", "a", "b", "c"))) {
      assertThatThrownBy(() -> mask.apply(Unpooled.wrappedBuffer(row), ByteBufAllocator.DEFAULT))
          .isInstanceOf(ProtocolViolation.class);
    }
  }

  @Property(tries = 500)
  void noRowShowsAMaskedValueAndNoGarbageBreaksMore(@ForAll @Size(max = 80) byte[] body) {
    ByteBuf run = Unpooled.wrappedBuffer(RawClient.message('D', body));
    try {
      ByteBuf masked = mask(redactingSecond()).apply(run, ByteBufAllocator.DEFAULT);
      for (List<String> row : rows(masked.duplicate())) {
        assertThat(row.get(1)).isIn("[redacted]", "NULL");
      }
      if (masked != run) {
        masked.release();
      }
    } catch (ProtocolViolation expected) {
      assertThat(expected.sqlState()).isEqualTo("08P01");
    }
  }

  @Property(tries = 300)
  void maskingOneColumnKeepsTheOthers(
      @ForAll @Size(max = 5) List<String> first, @ForAll @Size(max = 5) List<String> third) {
    int size = Math.min(first.size(), third.size());
    byte[][] run = new byte[size][];
    for (int i = 0; i < size; i++) {
      run[i] = row(clean(first.get(i)), "secret", clean(third.get(i)));
    }
    ByteBuf masked =
        mask(redactingSecond())
            .apply(Unpooled.wrappedBuffer(RawClient.all(run)), ByteBufAllocator.DEFAULT);
    List<List<String>> shown = rows(masked);
    for (int i = 0; i < size; i++) {
      assertThat(shown.get(i))
          .containsExactly(clean(first.get(i)), "[redacted]", clean(third.get(i)));
    }
  }

  /** What survives a round trip through UTF-8. */
  private static String clean(String text) {
    return new String(
        Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
