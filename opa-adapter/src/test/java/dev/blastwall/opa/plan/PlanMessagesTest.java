package dev.blastwall.opa.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.protobuf.MessageReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlanMessagesTest {
  /** A field that holds bytes, for numbers up to 255. */
  private static byte[] field(int number, byte[]... parts) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.write(part);
    }
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    int tag = number << 3 | 2;
    field.write(tag & 0x7F | 0x80);
    field.write(tag >> 7);
    field.write(content.size());
    field.write(content.toByteArray());
    return field.toByteArray();
  }

  private static Policy planWith(byte[]... statement) throws IOException, BundleException {
    byte[] block = field(2, field(1, statement));
    byte[] message = field(2, field(1, field(1, "test".getBytes()), block));
    return PlanReader.read(new MessageReader(message, 1_000).read(PlanMessages.POLICY));
  }

  @Test
  void aStatementThatIsNotKnownIsRefused() {
    assertThatThrownBy(() -> planWith(field(40)))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("which this engine does not know");
  }

  @Test
  void twoStatementsInOneAreRefused() throws Exception {
    byte[] makeNull = field(21, new byte[] {8, 3});
    planWith(makeNull);
    assertThatThrownBy(() -> planWith(makeNull, field(24, new byte[] {8, 3})))
        .isInstanceOf(BundleException.class);
  }

  @Test
  void anOperandOfTwoKindsIsRefused() throws Exception {
    byte[] source = field(1, field(1, new byte[] {8, 1, 16, 3}));
    assertThatThrownBy(() -> planWith(field(14, source))).isInstanceOf(BundleException.class);
  }
}
