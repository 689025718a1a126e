package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Certificates and requests for them, in PEM or DER, also in base64. */
final class X509 {
  private static final String REQUEST = "CERTIFICATE REQUEST";
  private static final int EXTENSIONS = 0xa3;
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

  private X509() {}

  static void register(Builtins.Registry registry) {
    registry.unary(
        "crypto.x509.parse_certificates",
        (context, text) ->
            ArrayValue.of(
                certificates(Operands.string(text, 1)).stream().map(X509::certificate).toList()));
    registry.unary(
        "crypto.x509.parse_certificate_request",
        (context, text) -> request(Operands.string(text, 1)));
  }

  /** The certificates of a text, each in DER. */
  static List<byte[]> certificates(String text) {
    byte[] der = text.startsWith("-----BEGIN") ? joined(text) : decoded(text);
    try {
      return DerReader.all(der).stream().map(DerReader::raw).toList();
    } catch (BuiltinFailure e) {
      throw BuiltinFailure.failed("x509: malformed certificate");
    }
  }

  private static byte[] decoded(String base64) {
    byte[] bytes = GoBase64.decode(base64);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.startsWith("-----BEGIN") ? joined(text) : bytes;
  }

  static byte[] joined(String text) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    for (Pem block : Pem.all(text)) {
      if (!block.type().equals("CERTIFICATE")) {
        throw BuiltinFailure.failed(
            "PEM block type is '" + block.type() + "', expected CERTIFICATE");
      }
      der.writeBytes(block.der());
    }
    return der.toByteArray();
  }

  static ObjectValue certificate(byte[] der) {
    try {
      return describe(DerReader.one(der));
    } catch (BuiltinFailure | IndexOutOfBoundsException e) {
      throw BuiltinFailure.failed("x509: malformed certificate");
    }
  }

  private static ObjectValue describe(DerReader certificate) {
    List<DerReader> signed = certificate.inside(DerReader.SEQUENCE);
    List<DerReader> parts = signed.get(0).inside(DerReader.SEQUENCE);
    boolean hasVersion = parts.getFirst().tag() == DerReader.CONTEXT_CONSTRUCTED;
    List<DerReader> fields = hasVersion ? parts.subList(1, parts.size()) : parts;
    List<DerReader> times = fields.get(3).inside(DerReader.SEQUENCE);
    ObjectValue result =
        new ObjectValue(64)
            .put("Raw", X509Json.bytes(certificate.raw()))
            .put("RawTBSCertificate", X509Json.bytes(signed.get(0).raw()))
            .put("RawIssuer", X509Json.bytes(fields.get(2).raw()))
            .put("RawSubject", X509Json.bytes(fields.get(4).raw()))
            .put("Signature", X509Json.bytes(signed.get(2).bits()))
            .put("SignatureAlgorithm", X509Json.signatureAlgorithm(signed.get(1)))
            .put("Version", hasVersion ? version(parts.getFirst()) + 1 : 1)
            .put("SerialNumber", NumberValue.of(fields.get(0).integer()))
            .put("Issuer", X509Json.name(fields.get(2)))
            .put("Subject", X509Json.name(fields.get(4)))
            .put("NotBefore", X509Times.rfc3339(times.get(0)))
            .put("NotAfter", X509Times.rfc3339(times.get(1)))
            .put("ExtraExtensions", NullValue.NULL);
    X509Json.putKey(result, fields.get(5));
    List<DerReader> extensions = extensions(fields);
    X509Extensions.putInto(result, extensions);
    return result.put("Extensions", X509Json.extensions(extensions));
  }

  private static long version(DerReader tagged) {
    return DerReader.one(tagged.content()).integer().longValue();
  }

  private static List<DerReader> extensions(List<DerReader> fields) {
    DerReader last = fields.getLast();
    return last.tag() == EXTENSIONS
        ? DerReader.one(last.content()).inside(DerReader.SEQUENCE)
        : List.of();
  }

  private static Value request(String text) {
    boolean isPem = text.startsWith("-----BEGIN " + REQUEST + "-----");
    String decoded = isPem ? text : new String(GoBase64.decode(text), StandardCharsets.ISO_8859_1);
    Pem block = Pem.first(decoded);
    if (block != null && !block.type().equals(REQUEST)) {
      throw BuiltinFailure.failed("invalid PEM-encoded certificate signing request");
    }
    byte[] der = block != null ? block.der() : decoded.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return describeRequest(DerReader.one(der));
    } catch (IndexOutOfBoundsException e) {
      throw DerReader.malformed();
    }
  }

  private static Value describeRequest(DerReader request) {
    List<DerReader> signed = request.inside(DerReader.SEQUENCE);
    List<DerReader> fields = signed.get(0).inside(DerReader.SEQUENCE);
    List<DerReader> attributes =
        fields.size() > 3 ? DerReader.all(fields.get(3).content()) : List.of();
    List<DerReader> extensions = requestedExtensions(attributes);
    ObjectValue result =
        new ObjectValue(20)
            .put("Raw", X509Json.bytes(request.raw()))
            .put("RawTBSCertificateRequest", X509Json.bytes(signed.get(0).raw()))
            .put("RawSubject", X509Json.bytes(fields.get(1).raw()))
            .put("Version", fields.get(0).integer().longValue())
            .put("Signature", X509Json.bytes(signed.get(2).bits()))
            .put("SignatureAlgorithm", X509Json.signatureAlgorithm(signed.get(1)))
            .put("Subject", X509Json.name(fields.get(1)))
            .put("Attributes", X509Attributes.describe(attributes))
            .put("Extensions", X509Json.extensions(extensions))
            .put("ExtraExtensions", NullValue.NULL);
    X509Json.putKey(result, fields.get(2));
    X509AltNames.NONE.putInto(result);
    for (DerReader extension : extensions) {
      List<DerReader> parts = extension.inside(DerReader.SEQUENCE);
      if (parts.getFirst().oidText().equals("2.5.29.17")) {
        X509AltNames.read(parts.getLast().content()).putInto(result);
      }
    }
    return result;
  }

  private static List<DerReader> requestedExtensions(List<DerReader> attributes) {
    for (DerReader attribute : attributes) {
      List<DerReader> parts = attribute.inside(DerReader.SEQUENCE);
      if (parts.getFirst().oidText().equals(EXTENSION_REQUEST)) {
        return DerReader.one(parts.get(1).content()).inside(DerReader.SEQUENCE);
      }
    }
    return List.of();
  }
}
