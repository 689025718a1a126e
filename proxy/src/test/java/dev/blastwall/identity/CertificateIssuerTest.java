package dev.blastwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastwall.command.Principal;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateIssuerTest {

  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = MADE.plus(Duration.ofHours(12));
  private static final Instant NOW = MADE.plus(Duration.ofHours(1));

  private static final GeneralName[] NAMES = {
    new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://shop/job"),
    new GeneralName(GeneralName.rfc822Name, "job@shop.example"),
    new GeneralName(GeneralName.dNSName, "job.shop.example")
  };

  private static X509Certificate certificate(String subject, GeneralName... names)
      throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=authority"),
            BigInteger.valueOf(0xbeef),
            Date.from(MADE),
            Date.from(END),
            new X500Name(subject),
            keys.getPublic());
    if (names.length > 0) {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate())));
  }

  private static Verification verify(CertificateName name, X509Certificate certificate) {
    return new CertificateIssuer("machines", name, Principal.Kind.SERVICE)
        .verify(certificate, () -> NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "URI,spiffe://shop/job",
    "EMAIL,job@shop.example",
    "DNS,job.shop.example",
    "COMMON_NAME,job"
  })
  void theConfiguredNameIsTheSubject(CertificateName name, String subject) throws Exception {
    Verification verification =
        verify(name, certificate("CN=job,OU=builders,OU=shop,O=Example", NAMES));

    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Identified.class,
            identified -> {
              assertThat(identified.expires()).isEqualTo(END);
              Principal principal = identified.principal();
              assertThat(principal.subject()).isEqualTo(subject);
              assertThat(principal.issuer()).isEqualTo("machines");
              assertThat(principal.kind()).isEqualTo(Principal.Kind.SERVICE);
              assertThat(principal.groups()).containsExactlyInAnyOrder("builders", "shop");
              assertThat(principal.claims()).containsKeys("dn").containsEntry("serial", "00beef");
              assertThat(principal.actors()).isEmpty();
            });
  }

  @ParameterizedTest
  @CsvSource({"URI", "EMAIL", "DNS"})
  void aCertificateWithoutSuchANameNamesNobody(CertificateName name) throws Exception {
    assertThat(rejected(verify(name, certificate("CN=job"))))
        .isEqualTo(Verification.Reason.CERTIFICATE_NAMES_NOBODY);
  }

  @ParameterizedTest
  @CsvSource({"URI", "EMAIL", "DNS"})
  void aCertificateWithTwoSuchNamesNamesNobody(CertificateName name) throws Exception {
    GeneralName[] twice = Arrays.copyOf(NAMES, 2 * NAMES.length);
    System.arraycopy(NAMES, 0, twice, NAMES.length, NAMES.length);
    assertThat(rejected(verify(name, certificate("CN=job", twice))))
        .isEqualTo(Verification.Reason.CERTIFICATE_NAMES_NOBODY);
  }

  @Test
  void aCommonNameMustBeTheOnlyOne() throws Exception {
    for (String subject : List.of("CN=job,CN=root", "O=Example", "CN=job,CN=root+OU=builders")) {
      assertThat(rejected(verify(CertificateName.COMMON_NAME, certificate(subject))))
          .isEqualTo(Verification.Reason.CERTIFICATE_NAMES_NOBODY);
    }
  }

  @Test
  void itCountsFromItsBeginningToItsEnd() throws Exception {
    CertificateIssuer issuer =
        new CertificateIssuer("machines", CertificateName.URI, Principal.Kind.CI);
    X509Certificate certificate = certificate("CN=job", NAMES);

    assertThat(issuer.verify(certificate, () -> MADE)).isInstanceOf(Verification.Identified.class);
    for (Instant outside : List.of(MADE.minusSeconds(1), END, END.plusSeconds(1))) {
      assertThat(rejected(issuer.verify(certificate, () -> outside)))
          .isEqualTo(Verification.Reason.CERTIFICATE_NOT_VALID_NOW);
    }
  }

  private static Verification.Reason rejected(Verification verification) {
    return ((Verification.Rejected) verification).reason();
  }
}
