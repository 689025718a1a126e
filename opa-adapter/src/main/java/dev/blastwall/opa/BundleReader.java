package dev.blastwall.opa;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Reads the archive of a bundle (OPA's documentation, Bundles: Bundle File Format). */
final class BundleReader {
  static final int MAX_ENTRIES = 10_000;
  static final long MAX_BYTES = 256L << 20;
  private static final int MAX_NAME = 1024;

  private final int maxEntries;
  private final long maxBytes;
  private final Set<String> names = new HashSet<>();
  private ObjectValue data = new ObjectValue(0);
  private @Nullable Value plan;
  private String revision = "";
  private long bytes;

  BundleReader(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  Bundle read(InputStream in) throws BundleException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entry(entry, tar);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BundleException(
          "the bundle is not a gzip-compressed tar archive, or is cut short: "
              + e.getMessage()
              + "; fetch or build it again",
          e);
    }
    if (plan == null) {
      throw new BundleException(
          "the bundle holds no plan.json; build it with opa build -t plan -e blastwall/decision");
    }
    return new Bundle(revision, plan, data);
  }

  private void entry(TarArchiveEntry entry, InputStream content)
      throws BundleException, IOException {
    String name = entry.getName();
    if (names.size() >= maxEntries) {
      throw new BundleException(
          "the bundle has more than "
              + maxEntries
              + " entries; leave out what is not policy or data");
    }
    if (entry.isDirectory()) {
      names.add(name);
      return;
    }
    if (entry.getLinkFlag() != TarConstants.LF_NORMAL
        && entry.getLinkFlag() != TarConstants.LF_OLDNORM) {
      throw new BundleException(
          "the bundle entry "
              + shown(name)
              + " is not a plain file; a bundle holds no links or devices");
    }
    List<String> path = path(name);
    if (!names.add(String.join("/", path))) {
      throw new BundleException("the bundle holds " + shown(name) + " twice; build it again");
    }
    file(path, content);
  }

  private static List<String> path(String name) throws BundleException {
    List<String> path = new ArrayList<>(Arrays.asList(name.split("/")));
    path.removeIf(part -> part.isEmpty() || part.equals("."));
    if (path.isEmpty()
        || path.contains("..")
        || name.length() > MAX_NAME
        || name.indexOf('\\') >= 0) {
      throw new BundleException(
          "the bundle entry "
              + shown(name)
              + " points outside the bundle or has no usable name; build it next to its sources with opa build -b");
    }
    return path;
  }

  private static String shown(String name) {
    String cut = name.length() > 100 ? name.substring(0, 100) + "…" : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  private void file(List<String> path, InputStream content) throws BundleException, IOException {
    String file = String.join("/", path);
    byte[] text = bytesOf(content);
    switch (path.getLast()) {
      case "data.json" -> mount(path.subList(0, path.size() - 1), json(file, text));
      case "data.yaml", "data.yml" ->
          throw new BundleException(file + " is YAML; opa build turns it into data.json");
      default -> {
        if (path.size() == 1) {
          topLevel(file, text);
        }
      }
    }
  }

  private void topLevel(String file, byte[] text) throws BundleException {
    switch (file) {
      case "plan.json" -> plan = json(file, text);
      case ".manifest" -> manifest(json(file, text));
      case "plan.pb", ".manifest.pb" ->
          throw new BundleException(
              file + " is in the protobuf form; build the bundle without --format=proto");
      case "patch.json" ->
          throw new BundleException("the bundle is a delta; serve a whole bundle to this engine");
      case ".signatures.json" ->
          throw new BundleException(
              "the bundle is signed, but no key to verify it with is configured; serve it unsigned");
      default -> {
        // Rego sources, and whatever else a bundle carries for others.
      }
    }
  }

  private byte[] bytesOf(InputStream content) throws IOException, BundleException {
    byte[] text = content.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes - bytes + 1));
    bytes += text.length;
    if (bytes > maxBytes) {
      throw new BundleException(
          "the bundle holds more than "
              + (maxBytes >> 20)
              + " MiB; leave out what is not policy or data");
    }
    return text;
  }

  private static ObjectValue json(String file, byte[] text) throws BundleException {
    try {
      if (Json.read(text) instanceof ObjectValue object) {
        return object;
      }
      throw new BundleException(file + " must hold a JSON object");
    } catch (IOException e) {
      throw new BundleException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void manifest(ObjectValue manifest) throws BundleException {
    Value value = manifest.get("revision");
    if (value instanceof StringValue string) {
      revision = string.text();
    } else if (value != null) {
      throw new BundleException(".manifest must give the revision as a string");
    }
  }

  /** Puts a data document under its folder. */
  private void mount(List<String> folder, ObjectValue document) throws BundleException {
    ObjectValue mounted = document;
    for (String part : folder.reversed()) {
      mounted = new ObjectValue(1).put(part, mounted);
    }
    data = merge(data, mounted, "data");
  }

  private static ObjectValue merge(ObjectValue left, ObjectValue right, String path)
      throws BundleException {
    ObjectValue merged = left.copy(right.size());
    for (int i = 0; i < right.size(); i++) {
      Value key = right.keyAt(i);
      Value present = left.get(key);
      if (present == null) {
        merged.put(key, right.valueAt(i));
      } else if (present instanceof ObjectValue below
          && right.valueAt(i) instanceof ObjectValue above) {
        merged.put(key, merge(below, above, path + "." + key));
      } else {
        throw new BundleException("two data files of the bundle both give " + path + "." + key);
      }
    }
    return merged;
  }
}
