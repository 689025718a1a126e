package dev.blastwall.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** JSON bodies. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object(String name, String value) {
    return MAPPER.createObjectNode().put(name, value);
  }

  static void send(ServerResponse response, JsonNode body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json").send(body.toString());
  }

  /** The request's body as an object; anything else is a {@link Problem}. */
  static ObjectNode read(ServerRequest request) {
    try {
      if (MAPPER.readTree(request.content().as(String.class)) instanceof ObjectNode object) {
        return object;
      }
      throw notAnObject();
    } catch (JsonProcessingException e) {
      throw notAnObject();
    }
  }

  private static Problem notAnObject() {
    return new Problem(Status.BAD_REQUEST_400, "The body must be a JSON object.");
  }
}
