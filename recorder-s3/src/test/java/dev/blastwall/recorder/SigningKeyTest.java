package dev.blastwall.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

  @TempDir Path temp;

  @Test
  void keyIsMadeOnceForItsOwnerOnlyAndLoadedAfterwards() throws IOException {
    var made = SigningKey.loadOrCreate(temp.resolve("keys"));

    var loaded = SigningKey.loadOrCreate(temp.resolve("keys"));

    assertThat(loaded.id()).isEqualTo(made.id());
    assertThat(PublicKeys.id(PublicKeys.read(temp.resolve("keys/recording.pub"))))
        .isEqualTo(made.id());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temp.resolve("keys/recording.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void keyThatOthersMayReadIsRefused() throws IOException {
    SigningKey.loadOrCreate(temp);
    Files.setPosixFilePermissions(
        temp.resolve("recording.key"), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> SigningKey.loadOrCreate(temp)).hasMessageContaining("chmod 600");
  }

  @Test
  void halfAPairIsNeverReplaced() throws IOException {
    SigningKey.loadOrCreate(temp);
    Files.delete(temp.resolve("recording.key"));

    assertThatThrownBy(() -> SigningKey.loadOrCreate(temp)).hasMessageContaining("restore");
    assertThat(temp.resolve("recording.key")).doesNotExist();
  }

  @Test
  void halvesOfTwoPairsAreRefused() throws IOException {
    SigningKey.loadOrCreate(temp.resolve("one"));
    SigningKey.loadOrCreate(temp.resolve("two"));
    Files.delete(temp.resolve("one/recording.pub"));
    Files.copy(temp.resolve("two/recording.pub"), temp.resolve("one/recording.pub"));

    assertThatThrownBy(() -> SigningKey.loadOrCreate(temp.resolve("one")))
        .hasMessageContaining("does not belong");
  }

  @Test
  void fileThatIsNoKeyIsNamed() throws IOException {
    Files.writeString(temp.resolve("recording.pub"), "hello");

    assertThatThrownBy(() -> PublicKeys.read(temp.resolve("recording.pub")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("recording.pub");
  }

  @Test
  void textNamesTheKeyAndHidesTheSecret() throws IOException {
    var key = SigningKey.loadOrCreate(temp);

    assertThat(key.toString()).isEqualTo("SigningKey[" + key.id() + "]");
  }
}
