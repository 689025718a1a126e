package dev.blastwall.opa.bundle;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.embedded.PlanFuzzer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What the fuzzers begin with: plans of OPA's own test cases, and bundles made of them. */
public final class FuzzSeeds {
  private static final Path CASES = Path.of("target/conformance");
  private static final int LARGEST_PLAN = 20_000;
  private static final int GENERATED = 200;

  private FuzzSeeds() {}

  /** Writes the seeds of both fuzzers into folders of their names: {@code FuzzSeeds FOLDER}. */
  public static void main(String[] arguments) throws Exception {
    write(Path.of(arguments[0], "plan"), plans());
    write(Path.of(arguments[0], "bundle"), bundles());
  }

  private static void write(Path folder, List<byte[]> seeds) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }

  /** For {@link PlanFuzzer}: both forms of plans, and choices for its grammar. */
  public static List<byte[]> plans() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (ObjectValue aCase : cases()) {
      seeds.add(Json.writeBytes(member(aCase, "plan")));
      seeds.add(Base64.getDecoder().decode(((StringValue) member(aCase, "plan_pb")).text()));
    }
    Random random = new Random(1);
    for (int i = 0; i < GENERATED; i++) {
      byte[] choices = new byte[20 + 2 * i];
      random.nextBytes(choices);
      choices[0] = PlanFuzzer.GRAMMAR;
      seeds.add(choices);
    }
    return seeds;
  }

  /** For {@link BundleFuzzer}: whole bundles in all its kinds, and deltas. */
  public static List<byte[]> bundles() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (ObjectValue aCase : cases().subList(0, 20)) {
      Map<String, byte[]> files = files(aCase);
      byte[] archive = Archive.packed(files);
      seeds.add(archive);
      seeds.add(tar(archive));
      seeds.add(BundleFuzzer.joined(BundleFuzzer.FILES, files));
      files.put(BundleFuzzer.CLAIMS, Json.writeBytes(claims(files)));
      seeds.add(BundleFuzzer.joined(BundleFuzzer.SIGNED, files));
    }
    seeds.add(BundleFuzzer.joined(BundleFuzzer.FILES, delta()));
    seeds.add(
        BundleFuzzer.joined(BundleFuzzer.FILES, Map.of("data.yaml", utf8("[".repeat(9_000)))));
    seeds.add(
        BundleFuzzer.joined(BundleFuzzer.FILES, Map.of("data.json", utf8("[".repeat(9_000)))));
    return seeds;
  }

  /** The first case of each group whose plan is not large. */
  private static List<ObjectValue> cases() throws IOException {
    List<ObjectValue> cases = new ArrayList<>();
    for (Path file : groups()) {
      ObjectValue group = (ObjectValue) Json.read(Files.readAllBytes(file));
      ((ArrayValue) member(group, "cases"))
          .asList().stream()
              .map(ObjectValue.class::cast)
              .filter(aCase -> Json.writeBytes(member(aCase, "plan")).length < LARGEST_PLAN)
              .findFirst()
              .ifPresent(cases::add);
    }
    return cases;
  }

  private static List<Path> groups() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Value member(ObjectValue object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  private static Map<String, byte[]> files(ObjectValue aCase) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(".manifest", utf8("{\"revision\":\"r1\",\"roots\":[\"\"],\"rego_version\":1}"));
    files.put("plan.json", Json.writeBytes(member(aCase, "plan")));
    files.put("policy/a.rego", utf8("package a"));
    files.put("system/smoke/data.yaml", utf8("one: {input: [1, 2.5], result: true}\n"));
    if (aCase.get("data") instanceof ObjectValue data) {
      files.put("data.json", Json.writeBytes(data));
    }
    return files;
  }

  private static byte[] tar(byte[] archive) throws IOException {
    byte[] tar = new GZIPInputStream(new ByteArrayInputStream(archive)).readAllBytes();
    byte[] seed = new byte[tar.length + 1];
    seed[0] = BundleFuzzer.TAR;
    System.arraycopy(tar, 0, seed, 1, tar.length);
    return seed;
  }

  private static Map<String, byte[]> delta() {
    return new LinkedHashMap<>(
        Map.of(
            "patch.json",
            utf8(
                "{\"data\":[{\"op\":\"upsert\",\"path\":\"/a/b/-\",\"value\":{}},"
                    + "{\"op\":\"replace\",\"path\":\"a/b/0\",\"value\":7},"
                    + "{\"op\":\"remove\",\"path\":\"/x%2F~1\"}]}")));
  }

  private static ObjectValue claims(Map<String, byte[]> files) throws IOException {
    ArrayValue list = new ArrayValue(files.size());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      list.add(
          new ObjectValue(3)
              .put("name", file.getKey())
              .put("hash", HexFormat.of().formatHex(hash(file.getKey(), file.getValue())))
              .put("algorithm", "SHA-256"));
    }
    return new ObjectValue(1).put("files", list);
  }

  private static byte[] hash(String name, byte[] content) throws IOException {
    MessageDigest digest = sha256();
    switch (name) {
      case "data.json", ".manifest" -> CanonicalForm.update(digest, Json.read(content));
      case "system/smoke/data.yaml" -> CanonicalForm.update(digest, Yaml.read(content));
      default -> digest.update(content);
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
