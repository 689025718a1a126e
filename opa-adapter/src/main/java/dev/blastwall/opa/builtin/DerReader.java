package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An element of DER (X.690).
 *
 * @param tag its first octet
 * @param content what it holds
 * @param raw the whole element
 */
record DerReader(int tag, byte[] content, byte[] raw) {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OID = 0x06;
  static final int BMP_STRING = 0x1e;
  static final int SEQUENCE = 0x30;
  static final int CONTEXT = 0x80;
  static final int CONTEXT_CONSTRUCTED = 0xa0;

  private static final int MAX_LENGTH_OCTETS = 4;

  /** The one element that the bytes are. */
  static DerReader one(byte[] der) {
    List<DerReader> elements = all(der);
    if (elements.size() != 1) {
      throw malformed();
    }
    return elements.getFirst();
  }

  /** The elements that the bytes are, one after the other. */
  static List<DerReader> all(byte[] der) {
    List<DerReader> elements = new ArrayList<>();
    int at = 0;
    while (at < der.length) {
      DerReader element = read(der, at);
      elements.add(element);
      at += element.raw.length;
    }
    return elements;
  }

  static BuiltinFailure malformed() {
    return BuiltinFailure.failed("asn1: structure error: malformed element");
  }

  private static DerReader read(byte[] der, int start) {
    if (start + 2 > der.length || (der[start] & 0x1f) == 0x1f) {
      throw malformed();
    }
    int at = start + 2;
    long length = der[start + 1] & 0xff;
    if (length >= 0x80) {
      int octets = (int) length & 0x7f;
      if (octets == 0 || octets > MAX_LENGTH_OCTETS || at + octets > der.length) {
        throw malformed();
      }
      length = new BigInteger(1, der, at, octets).longValue();
      at += octets;
    }
    if (length > der.length - at) {
      throw malformed();
    }
    int end = at + (int) length;
    return new DerReader(
        der[start] & 0xff, Arrays.copyOfRange(der, at, end), Arrays.copyOfRange(der, start, end));
  }

  /** What is inside; fails if it is not of that tag. */
  List<DerReader> inside(int expected) {
    return all(require(expected).content);
  }

  DerReader require(int expected) {
    if (tag != expected) {
      throw malformed();
    }
    return this;
  }

  BigInteger integer() {
    require(INTEGER);
    if (content.length == 0) {
      throw malformed();
    }
    return new BigInteger(content);
  }

  boolean bool() {
    return require(BOOLEAN).content.length == 1 && content[0] != 0;
  }

  /** The octets of a bit string of whole octets. */
  byte[] bits() {
    require(BIT_STRING);
    if (content.length == 0) {
      throw malformed();
    }
    return Arrays.copyOfRange(content, 1, content.length);
  }

  /** The arcs of an object identifier. */
  List<BigInteger> oid() {
    require(OID);
    List<BigInteger> arcs = new ArrayList<>();
    BigInteger arc = BigInteger.ZERO;
    for (byte octet : content) {
      arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7f));
      if (octet >= 0) {
        addArc(arcs, arc);
        arc = BigInteger.ZERO;
      }
    }
    return arcs;
  }

  /** The first number holds two arcs. */
  private static void addArc(List<BigInteger> arcs, BigInteger number) {
    if (!arcs.isEmpty()) {
      arcs.add(number);
      return;
    }
    BigInteger first = number.divide(BigInteger.valueOf(40)).min(BigInteger.TWO);
    arcs.add(first);
    arcs.add(number.subtract(first.multiply(BigInteger.valueOf(40))));
  }

  String oidText() {
    return oid().stream().map(BigInteger::toString).collect(Collectors.joining("."));
  }

  /** The identifier as Go writes it into JSON: an array of numbers. */
  Value oidValue() {
    return ArrayValue.of(
        oid().stream().map(dev.blastwall.opa.NumberValue::of).map(Value.class::cast).toList());
  }

  /** A text of any of the string types. */
  String text() {
    Charset charset =
        switch (tag) {
          case BMP_STRING -> StandardCharsets.UTF_16BE;
          case 0x14 -> StandardCharsets.ISO_8859_1;
          default -> StandardCharsets.UTF_8;
        };
    return new String(content, charset);
  }
}
