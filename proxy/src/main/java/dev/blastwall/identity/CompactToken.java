package dev.blastwall.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.identity.Verification.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The parts of a signed token in compact form (RFC 7515, section 7.1), in the one spelling that
 * each token has: no padding, no white space, no stray bits. Nothing in it is proved yet.
 */
final class CompactToken {

  /** A longer token is refused before anything of it is read. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final Pattern DOT = Pattern.compile("\\.");
  private static final int SIGNED_PARTS = 3;
  private static final int ENCRYPTED_PARTS = 5;

  private final JoseHeader header;
  private final ObjectNode claims;
  private final byte[] signedBytes;
  private final byte[] signature;

  private CompactToken(JoseHeader header, ObjectNode claims, byte[] signedBytes, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signedBytes = signedBytes;
    this.signature = signature;
  }

  static CompactToken parse(String token) throws Rejection {
    if (token.length() > MAX_LENGTH) {
      throw new Rejection(Reason.MALFORMED, "The token is longer than 16 KiB.");
    }
    List<String> parts = Arrays.asList(DOT.split(token, -1));
    if (parts.size() == ENCRYPTED_PARTS) {
      throw new Rejection(Reason.ENCRYPTED, "The token is encrypted, not only signed.");
    }
    if (parts.size() != SIGNED_PARTS) {
      throw new Rejection(Reason.MALFORMED, "What was presented is not a JSON Web Token.");
    }
    return parse(token, parts);
  }

  private static CompactToken parse(String token, List<String> parts) throws Rejection {
    JoseHeader header = JoseHeader.read(json(parts.get(0), "header"));
    ObjectNode claims = json(parts.get(1), "claims set");
    byte[] signature = decode(parts.get(2), "signature");
    String signed = token.substring(0, token.lastIndexOf('.'));
    return new CompactToken(header, claims, signed.getBytes(StandardCharsets.US_ASCII), signature);
  }

  private static ObjectNode json(String part, String name) throws Rejection {
    try {
      return StrictJson.object(decode(part, name));
    } catch (IllegalArgumentException e) {
      throw new Rejection(Reason.MALFORMED, "The token's " + name + " is " + e.getMessage() + ".");
    }
  }

  private static byte[] decode(String part, String name) throws Rejection {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      // The JDK's decoder forgives padding and stray bits; a second spelling of a token is an
      // attack on everything that remembers tokens.
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the same answer.
    }
    throw new Rejection(
        Reason.MALFORMED, "The token's " + name + " is not in canonical base64url form.");
  }

  JoseHeader header() {
    return header;
  }

  ObjectNode claims() {
    return claims;
  }

  byte[] signedBytes() {
    return signedBytes;
  }

  byte[] signature() {
    return signature;
  }

  @Override
  public String toString() {
    return "CompactToken[hidden]";
  }
}
