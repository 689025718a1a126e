package dev.blastwall.opa.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.protobuf.FieldType.Scalar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  private static final MessageType TREE = new MessageType();

  static {
    TREE.one(1, "name", Scalar.TEXT)
        .many(2, "numbers", Scalar.INTEGER)
        .one(3, "flag", Scalar.BOOL)
        .many(4, "children", TREE)
        .one(5, "child", TREE);
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static ObjectValue read(byte[] message) throws IOException {
    return new MessageReader(message, 1_000).read(TREE);
  }

  private static byte[] nested(int depth) throws IOException {
    byte[] message = {};
    for (int i = 1; i < depth; i++) {
      byte[] inner = message;
      message = message(out -> out.writeByteArray(5, inner));
    }
    return message;
  }

  @Test
  void fieldsBecomeMembersAndWhatIsNotKnownIsSkipped() throws IOException {
    // Given
    byte[] child = message(out -> out.writeBool(3, true));
    byte[] message =
        message(out -> {
          out.writeString(1, "köln");
          out.writeInt64(2, 7);
          out.writeByteArray(2, new byte[] {1, (byte) 0xAC, 2});
          out.writeInt32(2, -1);
          out.writeByteArray(4, child);
          out.writeByteArray(4, new byte[0]);
          out.writeString(99, "later");
          out.writeFixed64(98, 1);
        });

    // Then
    assertThat(read(message))
        .hasToString(
            "{\"children\":[{\"flag\":true},{}],\"name\":\"köln\",\"numbers\":[7,1,300,-1]}");
  }

  @Test
  void aMessageThatIsCutShortIsRefusedUnlessAFieldEndsThere() throws IOException {
    // Given: one field, so that it ends only at the end.
    byte[] message = message(out -> out.writeByteArray(4, nested(20)));

    // Then
    for (int length = 1; length < message.length; length++) {
      byte[] part = Arrays.copyOf(message, length);
      assertThatThrownBy(() -> read(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFieldOfAnotherTypeIsRefused() throws IOException {
    byte[] number = message(out -> out.writeInt32(1, 1));
    byte[] text = message(out -> out.writeString(3, "x"));
    assertThatThrownBy(() -> read(number)).hasMessageContaining("name is not of its type");
    assertThatThrownBy(() -> read(text)).hasMessageContaining("flag is not of its type");
  }

  @Test
  void aFieldThatComesTwiceIsRefused() throws IOException {
    byte[] twice =
        message(out -> {
          out.writeString(1, "a");
          out.writeString(1, "b");
        });
    assertThatThrownBy(() -> read(twice)).hasMessageContaining("name comes twice");
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws IOException {
    byte[] message = message(out -> out.writeByteArray(1, new byte[] {(byte) 0xC3, 'x'}));
    assertThatThrownBy(() -> read(message)).isInstanceOf(IOException.class);
  }

  @Test
  void depthIsLimited() throws IOException {
    assertThat(new MessageReader(nested(500), 10_000).read(TREE).get("child")).isNotNull();
    byte[] deeper = nested(501);
    assertThatThrownBy(() -> new MessageReader(deeper, 10_000).read(TREE))
        .hasMessageContaining("deeper than 500 levels");
  }

  @Test
  void whatItHoldsIsLimitedHoweverSmallItIsWritten() throws IOException {
    byte[] packed = message(out -> out.writeByteArray(2, new byte[2_000]));
    byte[] empty =
        message(out -> {
          for (int i = 0; i < 1_000; i++) {
            out.writeByteArray(4, new byte[0]);
          }
        });
    assertThatThrownBy(() -> read(packed)).hasMessageContaining("more than may be read");
    assertThatThrownBy(() -> read(empty)).hasMessageContaining("more than may be read");
  }
}
