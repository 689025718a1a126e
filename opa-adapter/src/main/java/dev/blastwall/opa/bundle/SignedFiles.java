package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files that a signature names, each checked off once it was found with the right content. */
final class SignedFiles {
  /** Of OPA's algorithms those that nobody can forge a file for. */
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "SHA-256", "SHA-256",
          "SHA-384", "SHA-384",
          "SHA-512", "SHA-512",
          "SHA-512-256", "SHA-512/256");

  private final Map<String, Expected> missing = new TreeMap<>();

  private record Expected(String algorithm, byte[] hash) {}

  /** The files of a payload, whose signature was checked. */
  static SignedFiles of(ObjectValue payload) throws BundleException {
    SignedFiles files = new SignedFiles();
    if (payload.get("files") instanceof ArrayValue list) {
      for (Value file : list.asList()) {
        files.add(file);
      }
    }
    return files;
  }

  private void add(Value file) throws BundleException {
    if (!(file instanceof ObjectValue entry
        && entry.get("name") instanceof StringValue name
        && entry.get("hash") instanceof StringValue hash
        && entry.get("algorithm") instanceof StringValue algorithm)) {
      throw new BundleException(
          "the signature of the bundle names a file without name, hash or algorithm; sign it again");
    }
    String known = ALGORITHMS.get(algorithm.text());
    if (known == null) {
      throw new BundleException(
          "the signature of the bundle hashes with "
              + BundleArchive.shown(algorithm.text())
              + "; sign it again with a current opa, which uses SHA-256");
    }
    missing.put(name.text(), new Expected(known, bytes(hash.text())));
  }

  private static byte[] bytes(String hex) throws BundleException {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new BundleException("the signature of the bundle holds a hash that is none", e);
    }
  }

  /**
   * What digests a file, after which {@link Check#requireEqual} says whether it is the right one.
   */
  Check check(String name) throws BundleException {
    Expected expected = missing.remove(name);
    if (expected == null) {
      throw new BundleException(
          "the bundle holds "
              + BundleArchive.shown(name)
              + ", which its signature does not name; sign it after the last change");
    }
    try {
      return new Check(name, MessageDigest.getInstance(expected.algorithm), expected.hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  record Check(String name, MessageDigest digest, byte[] expected) {
    void requireEqual() throws BundleException {
      if (!MessageDigest.isEqual(digest.digest(), expected)) {
        throw new BundleException(
            BundleArchive.shown(name)
                + " is not what was signed; fetch the bundle again, or sign it after the last change");
      }
    }
  }

  void requireAllFound() throws BundleException {
    Set<String> names = missing.keySet();
    if (!names.isEmpty()) {
      throw new BundleException(
          "the bundle lacks "
              + BundleArchive.shown(String.join(", ", names))
              + ", which its signature names; fetch it again, or sign it after the last change");
    }
  }
}
