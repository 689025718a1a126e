package dev.blastwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Principal.Actor;
import dev.blastwall.command.Principal.Kind;
import dev.blastwall.identity.Verification.Identified;
import dev.blastwall.identity.Verification.Reason;
import dev.blastwall.identity.Verification.Rejected;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The attacks that a token verifier is known for (RFC 8725 and its predecessors in the field). */
class TokenVerifierTest {

  private static final String ISSUER = "https://idp.example/realms/shop";
  private static final long NOW = 1_800_000_000L;
  private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}";

  private static final TrustedIssuer TRUSTED =
      new TrustedIssuer(
          ISSUER,
          Set.of("blastwall"),
          SignatureAlgorithm.DEFAULTS,
          List.of("groups", "roles"),
          List.of(
              new KindRule("run_id", null, Kind.CI), new KindRule("roles", "robot", Kind.SERVICE)),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          true);

  private final TokenVerifier verifier = verifier(TRUSTED);

  private static TokenVerifier verifier(TrustedIssuer... issuers) {
    return TokenVerifier.trusting(
        List.of(issuers), issuer -> () -> Forge.KEYS, () -> Instant.ofEpochSecond(NOW));
  }

  @AfterEach
  void close() {
    verifier.close();
  }

  private static String claims(String more) {
    return "{\"iss\":\"%s\",\"sub\":\"alice\",\"aud\":\"blastwall\",\"exp\":%d%s}"
        .formatted(ISSUER, NOW + 300, more);
  }

  private Principal identified(String token) {
    assertThat(verifier.verify(token)).isInstanceOf(Identified.class);
    return ((Identified) verifier.verify(token)).principal();
  }

  private void assertRejected(String token, Reason reason) {
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(reason);
              assertThat(rejected.message()).endsWith(".");
              assertThat(rejected.advice()).endsWith(".");
            });
  }

  @Test
  void aGoodTokenSaysWho() {
    String token =
        Forge.rs256(RS256, claims(",\"groups\":[\"engineers\"],\"roles\":\"dba\",\"x\":null"));

    Verification verification = verifier.verify(token);

    assertThat(verification)
        .isInstanceOfSatisfying(
            Identified.class,
            identified -> {
              assertThat(identified.expires()).isEqualTo(Instant.ofEpochSecond(NOW + 330));
              Principal principal = identified.principal();
              assertThat(principal.subject()).isEqualTo("alice");
              assertThat(principal.issuer()).isEqualTo(ISSUER);
              assertThat(principal.kind()).isEqualTo(Kind.PERSON);
              assertThat(principal.groups()).containsExactly("engineers", "dba");
              assertThat(principal.claims())
                  .containsEntry("groups", List.of("engineers"))
                  .doesNotContainKey("x");
              assertThat(principal.actors()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "RS256, rsa, SHA256withRSA",
    "PS256, rsa, RSASSA-PSS",
    "EdDSA, ed, Ed25519",
    "ES256, ec, SHA256withECDSAinP1363Format"
  })
  void everyDefaultAlgorithmIsUnderstood(String algorithm, String keyId, String jca) {
    String header = "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, keyId);

    String token = Forge.sign(header, claims(""), jca, key(keyId).getPrivate());

    assertThat(identified(token).subject()).isEqualTo("alice");
  }

  private static KeyPair key(String keyId) {
    return switch (keyId) {
      case "rsa" -> Forge.RSA;
      case "ed" -> Forge.ED;
      default -> Forge.EC;
    };
  }

  @Test
  void theOnlyKeyOfItsKindNeedsNoKeyId() {
    String token = Forge.sign("{\"alg\":\"EdDSA\"}", claims(""), "Ed25519", Forge.ED.getPrivate());

    assertThat(identified(token).subject()).isEqualTo("alice");
  }

  @ParameterizedTest // attack 1
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "rs256", "RS256 "})
  void anAlgorithmOfAnotherSpellingIsNoAlgorithm(String algorithm) {
    String header = "{\"alg\":\"%s\",\"kid\":\"rsa\"}".formatted(algorithm);

    assertRejected(Forge.unsigned(header, claims(""), new byte[0]), Reason.ALGORITHM_NOT_ALLOWED);
    assertRejected(Forge.rs256(header, claims("")), Reason.ALGORITHM_NOT_ALLOWED);
  }

  @Test // attack 1
  void aTokenWithoutASignatureIsRejected() {
    assertRejected(Forge.unsigned(RS256, claims(""), new byte[0]), Reason.BAD_SIGNATURE);
  }

  @Test // attack 2
  void thePublicKeyIsNoSecret() {
    String header = "{\"alg\":\"HS256\",\"kid\":\"rsa\"}";

    byte[] der = Forge.RSA.getPublic().getEncoded();
    byte[] json = Forge.utf8(Forge.RSA_JWK.toJSONString());

    assertRejected(Forge.hs256(header, claims(""), der), Reason.ALGORITHM_NOT_ALLOWED);
    assertRejected(Forge.hs256(header, claims(""), json), Reason.ALGORITHM_NOT_ALLOWED);
    assertRejected(Forge.hs256(RS256, claims(""), der), Reason.BAD_SIGNATURE);
  }

  @Test // attack 2
  void aKeyServesOnlyAlgorithmsOfItsKind() {
    assertRejected(
        Forge.rs256("{\"alg\":\"ES256\",\"kid\":\"rsa\"}", claims("")), Reason.UNKNOWN_KEY);
  }

  @Test // attack 3
  void keysInTheHeaderDoNotCount() {
    KeyPair mallory = Forge.pair("RSA", "2048");
    String jwk = publicKey(mallory, "rsa").toJSONString();
    String header =
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jwk\":%s,\"jku\":\"https://m.example/keys\",\"x5u\":\"https://m.example/c\",\"x5c\":[\"AA\"]}"
            .formatted(jwk);

    String token = Forge.sign(header, claims(""), "SHA256withRSA", mallory.getPrivate());

    assertRejected(token, Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest // attack 4
  @ValueSource(strings = {"../rsa", "' or 1=1 --", "https://m.example/keys", "RSA", "rsa "})
  void aKeyIdIsOnlyEverCompared(String keyId) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(keyId);

    assertRejected(Forge.rs256(header, claims("")), Reason.UNKNOWN_KEY);
  }

  @Test // attack 4
  void anotherIssuersKeyOfTheSameIdDoesNotCount() {
    KeyPair other = Forge.pair("RSA", "2048");
    TrustedIssuer second = TrustedIssuer.of("https://second.example", "blastwall");
    List<JWK> itsKeys = List.of(publicKey(other, "rsa"));
    try (TokenVerifier both =
        TokenVerifier.trusting(
            List.of(TRUSTED, second),
            issuer -> () -> issuer.equals(ISSUER) ? Forge.KEYS : itsKeys,
            () -> Instant.ofEpochSecond(NOW))) {

      String token = Forge.sign(RS256, claims(""), "SHA256withRSA", other.getPrivate());

      assertThat(both.verify(token))
          .isInstanceOfSatisfying(
              Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.BAD_SIGNATURE));
      assertThat(both.verify(resigned(second, other))).isInstanceOf(Identified.class);
    }
  }

  private static String resigned(TrustedIssuer issuer, KeyPair key) {
    String claims = claims("").replace(ISSUER, issuer.issuer());
    return Forge.sign(RS256, claims, "SHA256withRSA", key.getPrivate());
  }

  private static JWK publicKey(KeyPair pair, String keyId) {
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(keyId).build();
  }

  @ParameterizedTest // attacks 6 and 7
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"]",
        "\"crit\":[]",
        "\"b64\":false,\"crit\":[\"b64\"]",
        "\"b64\":false",
        "\"zip\":\"DEF\"",
        "\"cty\":\"JWT\""
      })
  void aHeaderThatWouldChangeTheReadingIsRejected(String parameter) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",%s}".formatted(parameter);

    assertRejected(Forge.rs256(header, claims("")), Reason.UNSUPPORTED_HEADER);
  }

  @Test // attack 7
  void anEncryptedTokenIsRejected() {
    assertRejected("e30.AA.AA.AA.AA", Reason.ENCRYPTED);
    assertRejected(
        Forge.rs256("{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\"}", claims("")), Reason.ENCRYPTED);
  }

  @Test // attack 7
  void aTokenThatIsTooLongIsNotEvenRead() {
    assertRejected("A".repeat(CompactToken.MAX_LENGTH + 1), Reason.MALFORMED);
  }

  @Test // attack 8
  void anEcdsaSignatureOfZerosIsRejected() {
    String header = "{\"alg\":\"ES256\",\"kid\":\"ec\"}";
    BigInteger order = Forge.EC_JWK.getCurve().toECParameterSpec().getOrder();
    byte[] orders = new byte[64];
    System.arraycopy(order.toByteArray(), 1, orders, 0, 32);
    System.arraycopy(order.toByteArray(), 1, orders, 32, 32);

    assertRejected(Forge.unsigned(header, claims(""), new byte[64]), Reason.BAD_SIGNATURE);
    assertRejected(Forge.unsigned(header, claims(""), orders), Reason.BAD_SIGNATURE);
  }

  @Test // attack 8
  void anEcdsaSignatureOfAnotherFormIsRejected() {
    String header = "{\"alg\":\"ES256\",\"kid\":\"ec\"}";

    String der = Forge.sign(header, claims(""), "SHA256withECDSA", Forge.EC.getPrivate());

    assertRejected(der, Reason.BAD_SIGNATURE);
  }

  @Test // attack 8
  void aKeyOnAnotherCurveIsNotTaken() {
    String header = "{\"alg\":\"ES384\",\"kid\":\"ec\"}";

    assertRejected(Forge.rs256(header, claims("")), Reason.ALGORITHM_NOT_ALLOWED);
    assertThat(SignatureAlgorithm.ES384.takes(Forge.EC_JWK)).isFalse();
  }

  @Test // attack 9
  void aWeakKeyIsNotTaken() {
    String header = "{\"alg\":\"RS256\",\"kid\":\"weak\"}";

    String token = Forge.sign(header, claims(""), "SHA256withRSA", Forge.WEAK_RSA.getPrivate());

    assertRejected(token, Reason.UNKNOWN_KEY);
  }

  @ParameterizedTest // attack 10
  @ValueSource(
      strings = {
        "https://idp.example/realms/shop/",
        "https://idp.example/realms/sho",
        "https://idp.example/realms/shop/x",
        "HTTPS://idp.example/realms/shop",
        "https://idp.example.evil.example/realms/shop",
        " https://idp.example/realms/shop",
        ""
      })
  void anIssuerOfAnotherSpellingIsAnotherIssuer(String issuer) {
    String claims = claims("").replace(ISSUER, issuer);

    assertRejected(Forge.rs256(RS256, claims), Reason.UNTRUSTED_ISSUER);
  }

  @ParameterizedTest // attack 11
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "blastwall-staging"          | WRONG_AUDIENCE
          "a blastwall b"              | WRONG_AUDIENCE
          ["BLASTWALL","other"]        | WRONG_AUDIENCE
          []                           | WRONG_AUDIENCE
          [["blastwall"]]              | MALFORMED
          {"blastwall":true}           | MALFORMED
          ["blastwall",7]              | MALFORMED
          null                         | MALFORMED
          """)
  void anAudienceCountsOnlyWhenEqual(String audience, Reason reason) {
    String claims = claims("").replace("\"aud\":\"blastwall\"", "\"aud\":" + audience);

    assertRejected(Forge.rs256(RS256, claims), reason);
  }

  @Test
  void oneOfSeveralAudiencesIsEnough() {
    String claims = claims("").replace("\"blastwall\"", "[\"other\",\"blastwall\"]");

    assertThat(identified(Forge.rs256(RS256, claims)).subject()).isEqualTo("alice");
  }

  @ParameterizedTest // attack 12
  @ValueSource(
      strings = {
        "\"nonce\":\"n\"",
        "\"at_hash\":\"h\"",
        "\"typ\":\"ID\"",
        "\"typ\":\"Refresh\"",
        "\"typ\":7",
        "\"events\":{}"
      })
  void aTokenOfAnotherTypeIsRejected(String claim) {
    assertRejected(Forge.rs256(RS256, claims("," + claim)), Reason.WRONG_TOKEN_TYPE);
  }

  @ParameterizedTest // attack 12
  @ValueSource(strings = {"logout+jwt", "dpop+jwt", "id+jwt", "secevent+jwt"})
  void aHeaderOfAnotherTypeIsRejected(String type) {
    assertRejected(Forge.rs256(RS256.replace("at+jwt", type), claims("")), Reason.WRONG_TOKEN_TYPE);
  }

  @Test
  void aTokenBoundToAKeyIsNotTakenAsABearers() {
    assertRejected(
        Forge.rs256(RS256, claims(",\"cnf\":{\"jkt\":\"x\"}")), Reason.SENDER_CONSTRAINED);
  }

  @Test // attack 14
  void theSameSubjectOfAnotherIssuerIsSomebodyElse() {
    String second = "https://second.example";
    try (TokenVerifier both = verifier(TRUSTED, TrustedIssuer.of(second, "blastwall"))) {

      Verification one = both.verify(Forge.rs256(RS256, claims("")));
      Verification two = both.verify(Forge.rs256(RS256, claims("").replace(ISSUER, second)));

      assertThat(((Identified) one).principal().issuer()).isEqualTo(ISSUER);
      assertThat(((Identified) two).principal().issuer()).isEqualTo(second);
    }
  }

  @ParameterizedTest // attack 14
  @ValueSource(strings = {"\"sub\":\"\"", "\"sub\":7", "\"sub\":null", "\"email\":\"a@b.example\""})
  void nothingStandsInForASubject(String subject) {
    String claims = claims("").replace("\"sub\":\"alice\"", subject);

    assertRejected(Forge.rs256(RS256, claims), Reason.MISSING_CLAIM);
  }

  @ParameterizedTest // attack 15
  @ValueSource(
      strings = {
        "{\"iss\":\"a\",\"iss\":\"b\"}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1} {}",
        "{\"a\":1",
        "[]",
        "\"text\"",
        "",
        "\uFEFF{}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":1e400}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{/* */\"a\":1}"
      })
  void claimsThatTwoReadersReadDifferentlyAreRejected(String claims) {
    assertRejected(Forge.rs256(RS256, claims), Reason.MALFORMED);
  }

  @Test // attack 15
  void aDuplicateInTheHeaderIsRejected() {
    String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"alg\":\"none\"}";

    assertRejected(Forge.rs256(header, claims("")), Reason.MALFORMED);
  }

  @Test // attack 15
  void bytesThatAreNotUtf8AreRejected() {
    byte[] claims = Forge.utf8(claims(""));
    claims[claims.length - 3] = (byte) 0xC0;
    byte[] utf16 = claims("").getBytes(java.nio.charset.StandardCharsets.UTF_16BE);

    for (byte[] bytes : List.of(claims, utf16)) {
      assertRejected(
          Forge.sign(Forge.utf8(RS256), bytes, "SHA256withRSA", Forge.RSA.getPrivate()),
          Reason.MALFORMED);
    }
  }

  @Test // attack 15
  void deepNestingAndHugeNumbersAreRejected() {
    String deep = "[".repeat(1000) + "]".repeat(1000);

    assertRejected(Forge.rs256(RS256, claims(",\"a\":" + deep)), Reason.MALFORMED);
    assertRejected(Forge.rs256(RS256, claims(",\"a\":" + "9".repeat(5000))), Reason.MALFORMED);
  }

  @ParameterizedTest // attacks 15 and 16
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "exp":"1800000300"            | MALFORMED
          "exp":1800000300.5            | MALFORMED
          "exp":1.8000003e9             | MALFORMED
          "exp":99999999999999999999    | MALFORMED
          "exp":9223372036854775807     | MALFORMED
          "exp":-1                      | MALFORMED
          "exp":null                    | MALFORMED
          "exp":[1800000300]            | MALFORMED
          "x":1                         | MISSING_CLAIM
          "exp":1799999970              | EXPIRED
          "exp":1799990000              | EXPIRED
          "exp":0                       | EXPIRED
          "exp":1800003601              | LIFETIME_TOO_LONG
          "exp":253402300799            | LIFETIME_TOO_LONG
          "exp":1800000300,"iat":1799990000   | LIFETIME_TOO_LONG
          "exp":1800000300,"nbf":1800000031   | NOT_YET_VALID
          "exp":1800000300,"iat":1800000031   | NOT_YET_VALID
          "exp":1800000300,"nbf":"1"    | MALFORMED
          """)
  void aTokenOutOfItsTimeIsRejected(String expiry, Reason reason) {
    String claims = claims("").replace("\"exp\":" + (NOW + 300), expiry);

    assertRejected(Forge.rs256(RS256, claims), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":1799999971",
        "\"exp\":1800003600",
        "\"exp\":1800000300,\"nbf\":1800000030,\"iat\":1800000030"
      })
  void clocksMayDifferALittle(String expiry) {
    String claims = claims("").replace("\"exp\":" + (NOW + 300), expiry);

    assertThat(identified(Forge.rs256(RS256, claims)).subject()).isEqualTo("alice");
  }

  @ParameterizedTest // attack 19
  @ValueSource(
      strings = {
        "\"_claim_names\":{\"groups\":\"src1\"}",
        "\"_claim_names\":{\"roles\":\"src1\"}",
        "\"hasgroups\":true"
      })
  void tooManyGroupsAreNotNoGroups(String overage) {
    assertRejected(Forge.rs256(RS256, claims("," + overage)), Reason.GROUPS_UNKNOWN);
  }

  @ParameterizedTest // attack 19
  @ValueSource(strings = {"7", "{\"a\":\"b\"}", "[7]", "[[\"a\"]]", "null", "[null]", "true"})
  void groupsOfAnotherShapeAreNotNoGroups(String groups) {
    assertRejected(Forge.rs256(RS256, claims(",\"groups\":" + groups)), Reason.MALFORMED);
  }

  @Test // attack 20
  void anActorNamedByAnIssuerThatMayNotIsNotTheSubjectAlone() {
    TrustedIssuer noActors = TrustedIssuer.of(ISSUER, "blastwall");
    try (TokenVerifier strict = verifier(noActors)) {

      Verification verification =
          strict.verify(Forge.rs256(RS256, claims(",\"act\":{\"sub\":\"agent\"}")));

      assertThat(verification)
          .isInstanceOfSatisfying(
              Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.ACTOR_NOT_ACCEPTED));
    }
  }

  @Test
  void theChainOfActorsIsKeptNearestFirst() {
    String act =
        ",\"act\":{\"sub\":\"agent\",\"iss\":\"https://agents.example\",\"act\":{\"sub\":\"pipeline\",\"run_id\":\"7\"}}";

    Principal principal = identified(Forge.rs256(RS256, claims(act)));

    assertThat(principal.subject()).isEqualTo("alice");
    assertThat(principal.actors())
        .containsExactly(
            new Actor("agent", "https://agents.example", Kind.AGENT),
            new Actor("pipeline", ISSUER, Kind.CI));
  }

  @Test
  void theKindIsThatOfTheOneAtTheWire() {
    assertThat(kind("")).isEqualTo(Kind.PERSON);
    assertThat(kind(",\"run_id\":\"7\"")).isEqualTo(Kind.CI);
    assertThat(kind(",\"roles\":[\"x\",\"robot\"]")).isEqualTo(Kind.SERVICE);
    assertThat(kind(",\"act\":{\"sub\":\"agent\"}")).isEqualTo(Kind.AGENT);
    assertThat(kind(",\"run_id\":\"7\",\"act\":{\"sub\":\"agent\"}")).isEqualTo(Kind.AGENT);
    assertThat(kind(",\"act\":{\"sub\":\"job\",\"run_id\":\"7\"}")).isEqualTo(Kind.CI);
  }

  private Kind kind(String claims) {
    return identified(Forge.rs256(RS256, claims(claims))).kind();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "agent"                       | MALFORMED
          null                          | MALFORMED
          {"sub":"a","iss":7}           | MALFORMED
          {"sub":"a","act":[]}          | MALFORMED
          {}                            | MISSING_CLAIM
          {"sub":""}                    | MISSING_CLAIM
          """)
  void aChainThatIsNotOneIsRejected(String act, Reason reason) {
    assertRejected(Forge.rs256(RS256, claims(",\"act\":" + act)), reason);
  }

  @Test
  void aChainMayBeEightLong() {
    assertThat(identified(Forge.rs256(RS256, claims(",\"act\":" + chain(8)))).actors()).hasSize(8);
    assertRejected(Forge.rs256(RS256, claims(",\"act\":" + chain(9))), Reason.MALFORMED);
  }

  private static String chain(int length) {
    return IntStream.range(0, length)
            .mapToObj(i -> "{\"sub\":\"a\",\"act\":")
            .reduce("", String::concat)
            .replaceAll(",\"act\":$", "}")
        + "}".repeat(length - 1);
  }

  @Test // attack 22
  void aTokenHasOneSpellingOnly() {
    String token = Forge.rs256(RS256, claims(""));
    int dot = token.indexOf('.');

    for (String variant :
        List.of(
            token + "=",
            token + "\n",
            " " + token,
            token.substring(0, dot) + "=" + token.substring(dot),
            token.replace('.', '|'),
            token + ".",
            "Bearer " + token,
            strayBits(token))) {
      assertRejected(variant, Reason.MALFORMED);
    }
  }

  /** 256 bytes of signature leave four bits unused in the last character. */
  private static String strayBits(String token) {
    char last = token.charAt(token.length() - 1);
    String variant = token.substring(0, token.length() - 1) + (char) (last + 1);
    assertThat(new Base64URL(variant.substring(variant.lastIndexOf('.') + 1)).decode())
        .isEqualTo(new Base64URL(token.substring(token.lastIndexOf('.') + 1)).decode());
    return variant;
  }

  @Test // attack 18
  void noPartOfATokenIsInTheAnswer() {
    String token = Forge.rs256(RS256, claims("").replace(ISSUER, "https://mallory.example"));

    assertThat(verifier.verify(token).toString()).doesNotContain("mallory", "alice", "eyJ");
  }

  @Test
  void theAnswerComesWhereItIsWanted()
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<Thread> answered = new CompletableFuture<>();
    try (ExecutorService loop = Executors.newSingleThreadExecutor(r -> new Thread(r, "loop"))) {

      verifier.verify("x", loop, v -> answered.complete(Thread.currentThread()));

      assertThat(answered.get(10, TimeUnit.SECONDS).getName()).isEqualTo("loop");
    }
  }

  @Test
  void aFaultOfTheGatewayIsARejection()
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<Verification> answer = new CompletableFuture<>();
    Executor here = Runnable::run;
    KeySource broken =
        () -> {
          throw new IllegalStateException("a bug");
        };
    try (TokenVerifier faulty =
        TokenVerifier.trusting(
            List.of(TRUSTED), issuer -> broken, () -> Instant.ofEpochSecond(NOW))) {

      faulty.verify(Forge.rs256(RS256, claims("")), here, answer::complete);

      assertThat(answer.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.INTERNAL));
    }
  }
}
