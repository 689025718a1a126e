package dev.blastwall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the gateway's API is, and who asks it. */
final class ApiAccess {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "The gateway's API; otherwise BLASTWALL_API, or what the ready file says.")
  private @Nullable URI api;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file that holds your token; otherwise the variable BLASTWALL_TOKEN.")
  private @Nullable Path tokenFile;

  @Mixin private ReadyFileOption readyFile = new ReadyFileOption();

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "In the demo: the user whose token to use, for example dora.")
  private @Nullable String user;

  /** Access for a user of the demo whose ready file this is. */
  static ApiAccess as(String user, Path readyFile) {
    ApiAccess access = new ApiAccess();
    access.user = user;
    access.readyFile = ReadyFileOption.of(readyFile);
    return access;
  }

  JsonNode get(String path) {
    return send(HttpRequest.newBuilder(url(path)).GET());
  }

  JsonNode post(String path, JsonNode body) {
    return send(HttpRequest.newBuilder(url(path)).POST(BodyPublishers.ofString(body.toString())));
  }

  private JsonNode send(HttpRequest.Builder request) {
    HttpRequest authorized =
        request.header("Authorization", "Bearer " + token()).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return answer(client.send(authorized, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new CommandFailure(
          1, "No answer from " + authorized.uri() + ". Is the gateway running there?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(1, "Interrupted.");
    }
  }

  private static JsonNode answer(HttpResponse<String> response) throws JsonProcessingException {
    JsonNode body = new ObjectMapper().readTree(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new CommandFailure(1, body.path("error").asText("HTTP " + response.statusCode()));
    }
    return body;
  }

  private URI url(String path) {
    String variable = System.getenv("BLASTWALL_API");
    if (api != null) {
      return api.resolve(path);
    }
    return (variable != null ? URI.create(variable) : URI.create(ready().api())).resolve(path);
  }

  private String token() {
    String variable = System.getenv("BLASTWALL_TOKEN");
    if (tokenFile != null) {
      return read(tokenFile);
    }
    if (user != null) {
      return ready().token(user);
    }
    if (variable != null) {
      return variable;
    }
    throw new CommandFailure(
        2, "Who are you? Give --token-file FILE, or the variable BLASTWALL_TOKEN, or --as NAME.");
  }

  private ReadyFile ready() {
    return readyFile.read();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandFailure(2, "Cannot read " + file + ".");
    }
  }
}
