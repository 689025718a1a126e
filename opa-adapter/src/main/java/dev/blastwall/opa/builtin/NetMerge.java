package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code net.cidr_merge}: the fewest networks that hold the same addresses as the given ones. */
final class NetMerge {
  /**
   * @param written how the one network that this is was written; null if it was joined
   */
  private record Range(BigInteger first, BigInteger last, int bits, @Nullable String written) {
    static Range of(IpNetwork network, String written) {
      return new Range(network.first(), network.last(), network.bits(), written);
    }

    /** Whether the other one, which does not begin earlier, leaves no gap. */
    boolean joins(Range later) {
      return bits == later.bits && later.first.compareTo(last.add(BigInteger.ONE)) <= 0;
    }

    Range with(Range later) {
      return new Range(first, last.max(later.last), bits, null);
    }
  }

  private NetMerge() {}

  static Value merge(Value networks) {
    if (!(networks instanceof ArrayValue || networks instanceof SetValue)) {
      throw BuiltinFailure.failed("operand must be an array");
    }
    CollectionValue elements = (CollectionValue) networks;
    List<Range> ranges = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      ranges.add(range(elements.valueAt(i)));
    }
    SetValue merged = new SetValue(ranges.size());
    joined(ranges).forEach(range -> addNetworks(range, merged));
    return merged;
  }

  private static List<Range> joined(List<Range> ranges) {
    ranges.sort(Comparator.comparing(Range::bits).thenComparing(Range::first));
    List<Range> joined = new ArrayList<>();
    for (Range range : ranges) {
      if (!joined.isEmpty() && joined.getLast().joins(range)) {
        joined.add(joined.removeLast().with(range));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  private static void addNetworks(Range range, SetValue target) {
    if (range.written != null) {
      target.add(Value.of(range.written));
      return;
    }
    BigInteger next = range.first;
    while (next.compareTo(range.last) <= 0) {
      IpNetwork network = IpNetwork.largest(next, range.last, range.bits);
      target.add(Value.of(network.toString()));
      next = network.last().add(BigInteger.ONE);
    }
  }

  private static Range range(Value element) {
    if (!(element instanceof StringValue string)) {
      throw BuiltinFailure.failed("element must be string");
    }
    IpNetwork address = IpNetwork.ofAddress(string.text());
    if (address == null) {
      IpNetwork network = Nets.network(string.text());
      return Range.of(network, network.toString());
    }
    if (address.bits() != 32) {
      throw BuiltinFailure.failed("IPv6 invalid: needs prefix length");
    }
    // Left alone, a single address keeps its last bits.
    int prefix = classPrefix(address);
    return Range.of(address.widened(prefix), IpNetwork.address(address.first(), 32) + "/" + prefix);
  }

  /** A single IPv4 address stands for its network of class A, B, or C and above. */
  private static int classPrefix(IpNetwork address) {
    int octet = address.first().shiftRight(24).intValue();
    return octet < 0x80 ? 8 : octet < 0xc0 ? 16 : 24;
  }
}
