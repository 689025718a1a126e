package dev.blastwall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.blastwall.gateway.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What a gateway writes once every listener accepts, version 1. In the demo it holds tokens and the
 * upstream's credential, so only its owner may read it.
 *
 * @param json the whole file
 */
record ReadyFile(JsonNode json) {

  private static final int VERSION = 1;

  static final String DEFAULT = ".blastwall/ready.json";

  static ReadyFile read(Path file) {
    try {
      return new ReadyFile(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new CommandFailure(
          2,
          "Cannot read "
              + file
              + ". A running gateway writes it: name it by --ready-file, or give --api and"
              + " --token-file.");
    }
  }

  /**
   * The file for a running gateway.
   *
   * @param database what PostgreSQL clients may name as their database
   * @param more further members, such as the demo's users
   */
  static ReadyFile of(Gateway gateway, String database, ObjectNode more) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", VERSION);
    ObjectNode endpoints = json.putObject("endpoints");
    gateway
        .listeners()
        .forEach((name, address) ->
            endpoints
                .putObject(name)
                .put("host", address.getAddress().getHostAddress())
                .put("port", address.getPort())
                .put("database", database)
                .put("sslmode", "require"));
    endpoints.putObject("api").put("url", gateway.api().toString());
    json.setAll(more);
    json.put("recordings", gateway.recordings().toString());
    json.putObject("bundle").put("revision", gateway.bundleRevision());
    return new ReadyFile(json);
  }

  /** Appears whole or not at all: whoever waits for the file may read it at once. */
  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Files.createDirectories(folder);
    Path unfinished =
        Files.createTempFile(
            folder,
            ".ready",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, json.toPrettyString() + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  String api() {
    return text("/endpoints/api/url");
  }

  String recordings() {
    return text("/recordings");
  }

  String token(String user) {
    return text("/users/" + user + "/token");
  }

  private String text(String pointer) {
    JsonNode value = json.at(pointer);
    if (!value.isTextual()) {
      throw new CommandFailure(2, "The ready file has no " + pointer.substring(1) + ".");
    }
    return value.asText();
  }
}
