package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which names an authority may certify (RFC 5280, section 4.2.1.10). */
final class X509NameConstraints {
  private static final int EMAIL = 0x81;
  private static final int DNS = 0x82;
  private static final int URI = 0x86;
  private static final int ADDRESS = 0x87;

  private final ObjectValue fields;
  private boolean handled = true;

  X509NameConstraints(ObjectValue fields) {
    this.fields = fields;
  }

  /** Whether all of them are understood. */
  boolean read(byte[] extension, boolean isCritical) {
    for (DerReader part : DerReader.one(extension).inside(DerReader.SEQUENCE)) {
      subtrees(part.tag() == DerReader.CONTEXT_CONSTRUCTED ? "Permitted" : "Excluded", part);
    }
    fields.put("PermittedDNSDomainsCritical", isCritical);
    return handled;
  }

  private void subtrees(String prefix, DerReader part) {
    Map<String, List<Value>> names = new TreeMap<>();
    for (DerReader subtree : DerReader.all(part.content())) {
      DerReader base = subtree.inside(DerReader.SEQUENCE).getFirst();
      String list =
          switch (base.tag()) {
            case EMAIL -> "EmailAddresses";
            case DNS -> "DNSDomains";
            case URI -> "URIDomains";
            case ADDRESS -> "IPRanges";
            default -> "";
          };
      handled &= !list.isEmpty();
      Value name = base.tag() == ADDRESS ? range(base.content()) : Value.of(base.text());
      names.computeIfAbsent(list, ignored -> new ArrayList<>()).add(name);
    }
    names.remove("");
    names.forEach((list, values) -> fields.put(prefix + list, X509Json.list(values)));
  }

  private static Value range(byte[] octets) {
    int half = octets.length / 2;
    return new ObjectValue(2)
        .put("IP", X509AltNames.address(Arrays.copyOf(octets, half)))
        .put("Mask", X509Json.bytes(Arrays.copyOfRange(octets, half, octets.length)));
  }
}
