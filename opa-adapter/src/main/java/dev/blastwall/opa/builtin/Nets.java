package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Value;
import org.jspecify.annotations.Nullable;

/** IP networks. */
final class Nets {
  private Nets() {}

  static void register(Builtins.Registry registry) {
    registry.binary(
        "net.cidr_contains",
        (context, network, part) ->
            Value.of(contains(Operands.string(network, 1), Operands.string(part, 1))));
  }

  private static boolean contains(String network, String part) {
    IpNetwork whole = network(network);
    IpNetwork address = IpNetwork.ofAddress(part);
    if (address != null) {
      return whole.contains(address);
    }
    IpNetwork inner = IpNetwork.of(part);
    if (inner == null) {
      throw BuiltinFailure.failed(
          "not a valid textual representation of an IP address or CIDR: " + part);
    }
    return whole.contains(inner);
  }

  private static IpNetwork network(String text) {
    @Nullable IpNetwork network = IpNetwork.of(text);
    if (network == null) {
      throw BuiltinFailure.failed("invalid CIDR address: " + text);
    }
    return network;
  }
}
