package dev.blastwall.opa.builtin;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IP network; a single address is one with a full prefix. An IPv4-mapped IPv6 address is the
 * IPv4 address, as in Go.
 *
 * @param address the first address, 4 or 16 bytes
 * @param prefix how many of its bits count
 */
record IpNetwork(byte[] address, int prefix) {

  /** The address that a text writes, or null. */
  static @Nullable IpNetwork ofAddress(String text) {
    byte[] bytes = parse(text);
    return bytes == null ? null : new IpNetwork(bytes, bytes.length * 8);
  }

  /** The network that a text writes as {@code address/prefix}, or null. */
  static @Nullable IpNetwork of(String text) {
    int slash = text.indexOf('/');
    byte[] bytes = slash < 0 ? null : parse(text.substring(0, slash));
    if (bytes == null || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return null;
    }
    int written = Integer.parseInt(text.substring(slash + 1));
    // The prefix of an IPv4-mapped network counts 128 bits.
    int prefix = text.indexOf(':') >= 0 && bytes.length == 4 ? written - 96 : written;
    return written < 0 || prefix > bytes.length * 8 || prefix < 0
        ? null
        : new IpNetwork(mask(bytes, prefix), prefix);
  }

  private static byte @Nullable [] parse(String text) {
    boolean looksLikeOne =
        text.indexOf(':') >= 0
            ? !text.contains("%")
            : text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    if (!looksLikeOne) {
      return null;
    }
    try {
      // Java gives an IPv4-mapped address as IPv4, too.
      return text.indexOf(':') >= 0
          ? InetAddress.ofLiteral(text).getAddress()
          : Inet4Address.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] mask(byte[] bytes, int prefix) {
    byte[] masked = bytes.clone();
    for (int bit = prefix; bit < masked.length * 8; bit++) {
      masked[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    return masked;
  }

  boolean contains(IpNetwork other) {
    return address.length == other.address.length
        && prefix <= other.prefix
        && Arrays.equals(address, mask(other.address, prefix));
  }
}
