package dev.blastwall.opa.builtin;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;

/** JSON, base64 and hex. */
final class Encodings {
  private Encodings() {}

  static void register(Builtins.Registry registry) {
    registry.unary("json.marshal", (context, value) -> Value.of(goJson(value)));
    registry.binary(
        "json.marshal_with_options",
        (context, value, options) ->
            Value.of(IndentedJson.write(context, value, Operands.object(options, 2))));
    registry.unary("json.unmarshal", (context, text) -> parse(Operands.string(text, 1)));
    registry.unary("json.is_valid", (context, text) -> Value.of(succeeds(text, Encodings::parse)));
    registry.unary("base64.encode", encode(Base64.getEncoder()::encodeToString));
    registry.unary(
        "base64.decode", (context, text) -> text(GoBase64.decode(Operands.string(text, 1))));
    registry.unary(
        "base64.is_valid", (context, text) -> Value.of(succeeds(text, GoBase64::decode)));
    registry.unary("base64url.encode", encode(Base64.getUrlEncoder()::encodeToString));
    registry.unary(
        "base64url.encode_no_pad", encode(Base64.getUrlEncoder().withoutPadding()::encodeToString));
    registry.unary(
        "base64url.decode", (context, text) -> text(GoBase64.decodeUrl(Operands.string(text, 1))));
    registry.unary("hex.encode", encode(HexFormat.of()::formatHex));
    registry.unary("hex.decode", (context, text) -> text(decodeHex(Operands.string(text, 1))));
  }

  private static Builtin.Unary encode(Function<byte[], String> encoder) {
    return (context, text) ->
        Value.of(encoder.apply(Operands.string(text, 1).getBytes(StandardCharsets.UTF_8)));
  }

  private static Value text(byte[] utf8) {
    return Value.of(new String(utf8, StandardCharsets.UTF_8));
  }

  private static boolean succeeds(Value text, Consumer<String> work) {
    if (!(text instanceof StringValue string)) {
      return false;
    }
    try {
      work.accept(string.text());
      return true;
    } catch (BuiltinFailure e) {
      return false;
    }
  }

  /** Go's encoder escapes what is special in HTML and JavaScript, too. */
  static String goJson(Value value) {
    return Json.write(value)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static Value parse(String text) {
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw BuiltinFailure.failed("the text is not JSON");
    }
  }

  private static byte[] decodeHex(String text) {
    text.codePoints()
        .filter(point -> !HexFormat.isHexDigit(point))
        .findFirst()
        .ifPresent(Encodings::notHex);
    if (text.length() % 2 != 0) {
      throw BuiltinFailure.failed("encoding/hex: odd length hex string");
    }
    return HexFormat.of().parseHex(text);
  }

  private static void notHex(int point) {
    throw BuiltinFailure.failed(
        String.format("encoding/hex: invalid byte: U+%04X '%s'", point, Character.toString(point)));
  }
}
