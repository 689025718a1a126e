package dev.blastwall.protocol.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.protocol.Secret;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SaltedPasswordsTest {

  /** The password, salt and count of RFC 7677, section 3. */
  private static final Secret PENCIL = new Secret("pencil");

  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final int COUNT = 4096;

  private final SaltedPasswords passwords = new SaltedPasswords();

  @Test
  void aPasswordIsHashedWithItsSalt() {
    // By Python's hashlib.pbkdf2_hmac.
    assertThat(HexFormat.of().formatHex(passwords.of(PENCIL, SALT, COUNT)))
        .isEqualTo("c4a49510323ab4f952cac1fa99441939e78ea74d6be81ddf7096e87513dc615d");
  }

  @Test
  void theSameWorkIsDoneOnce() {
    assertThat(passwords.of(new Secret("pencil"), SALT, COUNT))
        .isSameAs(passwords.of(PENCIL, SALT, COUNT));
  }

  @Test
  void anotherPasswordSaltOrCountIsOtherWork() {
    byte[] salted = passwords.of(PENCIL, SALT, COUNT);

    assertThat(passwords.of(new Secret("pencils"), SALT, COUNT)).isNotEqualTo(salted);
    assertThat(passwords.of(PENCIL, "AAAAaJ0SNY7soEsUEjb6gQ==", COUNT)).isNotEqualTo(salted);
    assertThat(passwords.of(PENCIL, SALT, COUNT + 1)).isNotEqualTo(salted);
  }
}
