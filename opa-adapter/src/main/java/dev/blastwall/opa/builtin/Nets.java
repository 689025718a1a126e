package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.CollectionValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IP networks. */
final class Nets {
  private Nets() {}

  static void register(Builtins.Registry registry) {
    for (String name : List.of("net.cidr_contains", "net.cidr_overlap")) {
      registry.binary(name, (context, network, part) -> Value.of(contains(network, part)));
    }
    registry.binary(
        "net.cidr_intersects",
        (context, a, b) -> {
          IpNetwork left = network(Operands.string(a, 1));
          IpNetwork right = network(Operands.string(b, 1));
          return Value.of(left.contains(right) || right.contains(left));
        });
    registry.unary(
        "net.cidr_is_valid",
        (context, text) ->
            Value.of(text instanceof StringValue string && IpNetwork.of(string.text()) != null));
    registry.unary(
        "net.cidr_expand",
        (context, network) -> expand(context, network(Operands.string(network, 1))));
    registry.binary("net.cidr_contains_matches", Nets::matches);
    registry.unary("net.cidr_merge", (context, networks) -> NetMerge.merge(networks));
  }

  private static boolean contains(Value network, Value part) {
    IpNetwork whole = network(Operands.string(network, 1));
    String text = Operands.string(part, 1);
    IpNetwork address = IpNetwork.ofAddress(text);
    IpNetwork inner = address == null ? IpNetwork.of(text) : address;
    if (inner == null) {
      throw BuiltinFailure.failed(
          "not a valid textual representation of an IP address or CIDR: " + text);
    }
    return whole.contains(inner);
  }

  static IpNetwork network(String text) {
    @Nullable IpNetwork network = IpNetwork.of(text);
    if (network == null) {
      throw BuiltinFailure.failed("invalid CIDR address: " + text);
    }
    return network;
  }

  private static Value expand(EvaluationContext context, IpNetwork network) {
    SetValue addresses = new SetValue(0);
    BigInteger last = network.last();
    for (BigInteger next = network.first();
        next.compareTo(last) <= 0;
        next = next.add(BigInteger.ONE)) {
      context.tick();
      context.allocate(128);
      addresses.add(Value.of(IpNetwork.address(next, network.bits())));
    }
    return addresses;
  }

  /** Which networks of the first contain which of the second, as pairs of their keys. */
  private static Value matches(EvaluationContext context, Value first, Value second) {
    SetValue pairs = new SetValue(0);
    for (int i = 0; i < count(first); i++) {
      for (int j = 0; j < count(second); j++) {
        context.tick();
        if (contains(cidr(first, i, 1), cidr(second, j, 2))) {
          pairs.add(ArrayValue.of(key(first, i), key(second, j)));
        }
      }
    }
    return pairs;
  }

  private static int count(Value operand) {
    return switch (operand) {
      case StringValue ignored -> 1;
      case CollectionValue collection -> collection.size();
      default -> 0;
    };
  }

  private static Value key(Value operand, int position) {
    return operand instanceof CollectionValue collection ? collection.keyAt(position) : operand;
  }

  /** A member is a network, or an array that begins with one. */
  private static Value cidr(Value operand, int position, int operandNumber) {
    Value member =
        operand instanceof CollectionValue collection ? collection.valueAt(position) : operand;
    return switch (member) {
      case StringValue string -> string;
      case ArrayValue array when array.size() > 0 -> array.get(0);
      default ->
          throw BuiltinFailure.failed(
              "operand " + operandNumber + ": element must be string or non-empty array");
    };
  }
}
