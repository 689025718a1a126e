package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.plan.PlanMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what the files of one archive are for. */
final class BundleAssembly {
  static final String PATCH = "patch.json";
  private static final String PLAN = "plan.json";
  private static final String PLAN_MESSAGE = "plan.pb";
  private static final String MANIFEST = ".manifest";
  private static final String MANIFEST_MESSAGE = ".manifest.pb";

  private final Documents documents;
  private final @Nullable SignedFiles signed;
  private final DataDocument data = new DataDocument();
  private final Map<String, String> rego = new HashMap<>();
  private @Nullable Value plan;
  private @Nullable Manifest manifest;
  private @Nullable List<Patch> patches;

  /**
   * Nothing yet.
   *
   * @param signed what the files must be; null where they are not signed
   */
  BundleAssembly(Documents documents, @Nullable SignedFiles signed) {
    this.documents = documents;
    this.signed = signed;
  }

  void file(List<String> path, InputStream content) throws BundleException, IOException {
    if (path.getLast().equals(SignatureFile.NAME)) {
      // It was read before anything else.
      return;
    }
    String file = String.join("/", path);
    SignedFiles.@Nullable Check check = signed == null ? null : signed.check(file);
    switch (path.getLast()) {
      case "data.json", MANIFEST -> structured(path, documents.json(file, content), check);
      case "data.yaml", "data.yml" -> structured(path, documents.yaml(file, content), check);
      default -> raw(path, content, check);
    }
    if (check != null) {
      check.requireEqual();
    }
  }

  /** A file that is hashed as the document that it holds. */
  private void structured(List<String> path, Value value, SignedFiles.@Nullable Check check)
      throws BundleException {
    if (check != null) {
      CanonicalForm.update(check.digest(), value);
    }
    String file = String.join("/", path);
    ObjectValue document = Documents.object(file, value);
    if (path.size() == 1 && file.equals(MANIFEST)) {
      manifest(document);
    } else if (!path.getLast().equals(MANIFEST)) {
      data.mount(path.subList(0, path.size() - 1), document);
    }
  }

  /** A file that is hashed as it is. */
  private void raw(List<String> path, InputStream content, SignedFiles.@Nullable Check check)
      throws BundleException, IOException {
    InputStream digested = check == null ? content : new DigestInputStream(content, check.digest());
    if (path.getLast().endsWith(".rego")) {
      rego.put(String.join("/", path), source(path, digested.readAllBytes()));
    } else if (path.size() == 1) {
      topLevel(path.getLast(), digested);
    }
    digested.transferTo(OutputStream.nullOutputStream());
  }

  private static String source(List<String> path, byte[] bytes) throws BundleException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BundleException(
          BundleArchive.shown(String.join("/", path)) + " is not text in UTF-8; correct it", e);
    }
  }

  private void topLevel(String file, InputStream content) throws BundleException, IOException {
    switch (file) {
      case PLAN -> plan(documents.object(file, content));
      case PLAN_MESSAGE -> plan(documents.message(file, PlanMessages.POLICY, content));
      case PATCH -> patches = Patch.listOf(documents.object(file, content));
      case MANIFEST_MESSAGE ->
          manifest(ManifestMessage.json(documents.message(file, ManifestMessage.TYPE, content)));
      default -> {
        // Whatever else a bundle carries for others.
      }
    }
  }

  private void plan(Value document) throws BundleException {
    if (plan != null) {
      throw twice(PLAN, PLAN_MESSAGE);
    }
    plan = document;
  }

  private void manifest(ObjectValue document) throws BundleException {
    if (manifest != null) {
      throw twice(MANIFEST, MANIFEST_MESSAGE);
    }
    manifest = Manifest.of(document);
  }

  private static BundleException twice(String json, String message) {
    return new BundleException(
        "the bundle holds both "
            + json
            + " and "
            + message
            + "; build it again, with one --format");
  }

  BundleContent finish() throws BundleException {
    if (signed != null) {
      signed.requireAllFound();
    }
    if (patches == null) {
      Manifest own = manifest == null ? Manifest.DEFAULT : manifest;
      return new BundleContent.Snapshot(own, plan, data.within(own), rego);
    }
    if (plan != null || !data.isEmpty()) {
      throw new BundleException(
          "the bundle holds a patch.json and policy or data besides; serve either a delta or a whole bundle");
    }
    return new BundleContent.Delta(manifest, patches);
  }
}
