package dev.blastwall.opa.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TokensTest {
  private final Calls calls = new Calls();

  private String sign(String header, String secret) {
    String key =
        "{\"kty\":\"oct\",\"k\":\""
            + Base64.getUrlEncoder().withoutPadding().encodeToString(secret.getBytes())
            + "\"}";
    Value token =
        calls.call("io.jwt.encode_sign", header, "{\"sub\":\"alice\",\"exp\":2000000000}", key);
    return ((StringValue) Objects.requireNonNull(token)).text();
  }

  private boolean isVerified(String token, String constraints) {
    ArrayValue result =
        (ArrayValue)
            Objects.requireNonNull(
                calls.call("io.jwt.decode_verify", Calls.text(token), constraints));
    return result.get(0) == BooleanValue.TRUE;
  }

  @Test
  void aTokenIsVerifiedByItsSecretUntilItExpires() {
    // When
    String token = sign("{\"alg\":\"HS256\"}", "secret");

    // Then
    assertThat(isVerified(token, "{\"secret\":\"secret\",\"time\":1999999999000000000}")).isTrue();
    assertThat(isVerified(token, "{\"secret\":\"secret\",\"time\":2000000000000000000}")).isFalse();
    assertThat(isVerified(token, "{\"secret\":\"other\",\"time\":1}")).isFalse();
    assertThat(isVerified(token, "{\"secret\":\"secret\",\"alg\":\"HS512\",\"time\":1}")).isFalse();
  }

  @Test
  void aPublicKeyIsNeverTakenForASharedSecret() throws Exception {
    // Given: a token that was signed with the text of the public key
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    String token = sign("{\"alg\":\"HS256\"}", pem);

    // Then
    assertThat(isVerified(token, "{\"cert\":" + Calls.text(pem) + ",\"time\":1}")).isFalse();
  }

  @Test
  void aTokenWithoutSignatureIsNotVerified() {
    String unsigned = "eyJhbGciOiJub25lIn0.e30.";
    assertThat(isVerified(unsigned, "{\"secret\":\"secret\"}")).isFalse();
  }

  @Test
  void constraintsWithoutAnyKeyAreAnError() {
    assertThatThrownBy(() -> isVerified("a.b.c", "{\"iss\":\"x\"}"))
        .isInstanceOf(BuiltinFailure.class)
        .hasMessage("no key constraint");
  }
}
