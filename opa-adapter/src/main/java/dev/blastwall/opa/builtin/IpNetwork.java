package dev.blastwall.opa.builtin;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP network; a single address is one with a full prefix. An IPv4-mapped IPv6 address is the
 * IPv4 address, as in Go.
 *
 * @param first the first address as a number
 * @param bits of an address: 32 or 128
 * @param prefix how many of them the addresses of the network share
 */
record IpNetwork(BigInteger first, int bits, int prefix) {
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;
  private static final int MAPPED_PREFIX = V6_BITS - V4_BITS;
  private static final BigInteger MAPPED = BigInteger.valueOf(0xffff).shiftLeft(V4_BITS);
  private static final Pattern V4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,6}");

  /** The address that a text writes, or null. */
  static @Nullable IpNetwork ofAddress(String text) {
    byte[] bytes = parse(text);
    return bytes == null
        ? null
        : new IpNetwork(new BigInteger(1, bytes), bytes.length * 8, bytes.length * 8);
  }

  /** The network that a text writes as {@code address/prefix}, or null. */
  static @Nullable IpNetwork of(String text) {
    int slash = text.indexOf('/');
    IpNetwork address = slash < 0 ? null : ofAddress(text.substring(0, slash));
    if (address == null || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
      return null;
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    boolean isMapped = address.bits == V4_BITS && text.indexOf(':') >= 0;
    if (prefix > (isMapped ? V6_BITS : address.bits)) {
      return null;
    }
    if (!isMapped) {
      return masked(address.first, address.bits, prefix);
    }
    // The prefix of an IPv4-mapped network counts from the start of the IPv6 address.
    return prefix >= MAPPED_PREFIX
        ? masked(address.first, V4_BITS, prefix - MAPPED_PREFIX)
        : masked(address.first.or(MAPPED), V6_BITS, prefix);
  }

  private static IpNetwork masked(BigInteger address, int bits, int prefix) {
    int host = bits - prefix;
    return new IpNetwork(address.shiftRight(host).shiftLeft(host), bits, prefix);
  }

  /** The largest network that begins with one address and ends with or before another. */
  static IpNetwork largest(BigInteger first, BigInteger last, int bits) {
    int aligned = first.signum() == 0 ? bits : Math.min(bits, first.getLowestSetBit());
    int fitting = last.subtract(first).add(BigInteger.ONE).bitLength() - 1;
    return new IpNetwork(first, bits, bits - Math.min(aligned, fitting));
  }

  private static byte @Nullable [] parse(String text) {
    boolean isV6 = text.indexOf(':') >= 0;
    if (isV6 ? text.contains("%") : !V4.matcher(text).matches()) {
      return null;
    }
    try {
      // Java gives an IPv4-mapped address as IPv4, too.
      return isV6
          ? InetAddress.ofLiteral(text).getAddress()
          : Inet4Address.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The network of that prefix that the address is in. */
  IpNetwork widened(int newPrefix) {
    return masked(first, bits, newPrefix);
  }

  /** The last address as a number. */
  BigInteger last() {
    return first.add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
  }

  boolean contains(IpNetwork other) {
    return bits == other.bits
        && prefix <= other.prefix
        && first.equals(masked(other.first, bits, prefix).first);
  }

  /** The network as {@code address/prefix}. */
  @Override
  public String toString() {
    return address(first, bits) + "/" + prefix;
  }

  /** An address as Go writes it: the longest run of zeros in an IPv6 address is left out. */
  static String address(BigInteger number, int bits) {
    StringBuilder text = new StringBuilder();
    if (bits == V4_BITS) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        text.append(number.shiftRight(shift).intValue() & 0xff).append(shift > 0 ? "." : "");
      }
      return text.toString();
    }
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = number.shiftRight(16 * (7 - i)).intValue() & 0xffff;
    }
    return Ipv6Text.of(groups);
  }
}
