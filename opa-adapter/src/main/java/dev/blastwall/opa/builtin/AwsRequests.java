package dev.blastwall.opa.builtin;

import dev.blastwall.opa.BooleanValue;
import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.SetValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code providers.aws.sign_req}: adds the headers that sign a request for AWS. */
final class AwsRequests {
  private static final List<String> CREDENTIALS =
      List.of("aws_service", "aws_access_key", "aws_secret_access_key", "aws_region");

  private static final List<String> REQUIRED = List.of("method", "url");

  /** What {@code http.send} takes. */
  private static final List<String> ALLOWED =
      List.of(
          "method",
          "url",
          "body",
          "enable_redirect",
          "force_json_decode",
          "force_yaml_decode",
          "headers",
          "raw_body",
          "tls_use_system_certs",
          "tls_ca_cert",
          "tls_ca_cert_file",
          "tls_ca_cert_env_variable",
          "tls_client_cert",
          "tls_client_cert_file",
          "tls_client_cert_env_variable",
          "tls_client_key",
          "tls_client_key_file",
          "tls_client_key_env_variable",
          "tls_insecure_skip_verify",
          "tls_server_name",
          "timeout",
          "cache",
          "force_cache",
          "force_cache_duration_seconds",
          "raise_error",
          "caching_mode",
          "max_retry_attempts",
          "cache_ignored_headers");

  private AwsRequests() {}

  static void register(Builtins.Registry registry) {
    registry.ternary(
        "providers.aws.sign_req",
        (context, request, config, time) ->
            sign(Operands.object(request, 1), Operands.object(config, 1), time));
  }

  private static Value sign(ObjectValue request, ObjectValue config, Value time) {
    requireTexts(config, CREDENTIALS, 2, "AWS config");
    NumberValue nanos = Operands.number(time, 1);
    if (!Operands.isInteger(nanos)) {
      throw Operands.wrong(3, "could not convert time_ns value into a unix timestamp");
    }
    requireAllowed(request);
    requireTexts(request, REQUIRED, 1, "request");
    Map<String, String> headers = headers(request.get("headers"));
    AwsSignature signature =
        new AwsSignature(
            text(request, "method"),
            GoUrl.parse(text(request, "url")),
            headers,
            isUnsigned(config) ? null : body(request),
            new AwsSignature.Credentials(
                text(config, "aws_service"),
                text(config, "aws_access_key"),
                text(config, "aws_secret_access_key"),
                text(config, "aws_region"),
                text(config, "aws_session_token")),
            nanos.longValue());
    ObjectValue signed = ObjectValue.ofStrings(headers);
    signature.headers().forEach(signed::put);
    return request.copy(1).put("headers", signed);
  }

  private static void requireTexts(
      ObjectValue object, List<String> names, int position, String what) {
    require(
        names.stream().filter(name -> object.get(name) == null).toList(),
        position,
        "missing required " + what + " parameters(s): ");
    require(
        names.stream().filter(name -> !(object.get(name) instanceof StringValue)).toList(),
        position,
        "invalid values for required " + what + " parameters(s): ");
  }

  private static void require(List<String> wrong, int position, String message) {
    if (!wrong.isEmpty()) {
      SetValue names = SetValue.of(wrong.stream().map(Value::of).toList());
      throw Operands.wrong(position, message + RegoText.of(names));
    }
  }

  private static void requireAllowed(ObjectValue request) {
    SetValue invalid = new SetValue(0);
    for (int i = 0; i < request.size(); i++) {
      if (!(request.keyAt(i) instanceof StringValue name) || !ALLOWED.contains(name.text())) {
        invalid.add(request.keyAt(i));
      }
    }
    if (invalid.size() > 0) {
      throw Operands.wrong(1, "invalid request parameters(s): " + RegoText.of(invalid));
    }
  }

  private static String text(@Nullable Value value) {
    return value instanceof StringValue string ? string.text() : "";
  }

  private static String text(ObjectValue object, String name) {
    return text(object.get(name));
  }

  private static Map<String, String> headers(@Nullable Value value) {
    Map<String, String> headers = new TreeMap<>();
    if (value == null) {
      return headers;
    }
    if (!(value instanceof ObjectValue object)) {
      throw Operands.wrongType(0, value, "object");
    }
    for (int i = 0; i < object.size(); i++) {
      headers.put(text(object.keyAt(i)), text(object.valueAt(i)));
    }
    return headers;
  }

  private static boolean isUnsigned(ObjectValue config) {
    Value flag = config.get("disable_payload_signing");
    if (flag == null || flag instanceof BooleanValue) {
      return flag == BooleanValue.TRUE;
    }
    throw Operands.wrong(2, "invalid value for 'disable_payload_signing' in AWS config");
  }

  private static byte[] body(ObjectValue request) {
    Value raw = request.get("raw_body");
    Value body = request.get("body");
    String text = raw != null ? text(raw) : body != null ? Encodings.goJson(body) : "";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
