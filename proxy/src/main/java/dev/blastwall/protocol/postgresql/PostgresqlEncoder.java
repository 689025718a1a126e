package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.PostgresqlMessage.LENGTH_FIELD;

import dev.blastwall.protocol.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the messages that the gateway says itself, to either side. */
final class PostgresqlEncoder {

  static final int PROTOCOL_3_0 = 3 << 16;
  static final int PROTOCOL_3_2 = 3 << 16 | 2;
  static final int CANCEL_REQUEST = 80877102;
  static final int SSL_REQUEST = 80877103;
  static final int GSS_ENCRYPTION_REQUEST = 80877104;

  private static final int AUTHENTICATION_OK = 0;
  private static final int AUTHENTICATION_CLEARTEXT_PASSWORD = 3;
  private static final int AUTHENTICATION_SASL = 10;
  private static final int AUTHENTICATION_SASL_CONTINUE = 11;

  private final ByteBufAllocator allocator;

  PostgresqlEncoder(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  ByteBuf authenticationOk() {
    return message(PostgresqlMessage.AUTHENTICATION, body -> body.writeInt(AUTHENTICATION_OK));
  }

  ByteBuf authenticationCleartextPassword() {
    return message(
        PostgresqlMessage.AUTHENTICATION, body -> body.writeInt(AUTHENTICATION_CLEARTEXT_PASSWORD));
  }

  ByteBuf authenticationSasl(String mechanism) {
    return message(
        PostgresqlMessage.AUTHENTICATION,
        body -> {
          body.writeInt(AUTHENTICATION_SASL);
          text(body, mechanism);
          body.writeByte(0);
        });
  }

  ByteBuf authenticationSaslContinue(String data) {
    return message(
        PostgresqlMessage.AUTHENTICATION,
        body ->
            body.writeInt(AUTHENTICATION_SASL_CONTINUE)
                .writeCharSequence(data, StandardCharsets.UTF_8));
  }

  /** The server has the newest version in full, not its minor part ("NegotiateProtocolVersion"). */
  ByteBuf negotiateProtocolVersion(List<String> unknownOptions) {
    return message(
        PostgresqlMessage.NEGOTIATE_PROTOCOL_VERSION,
        body -> {
          body.writeInt(PROTOCOL_3_2).writeInt(unknownOptions.size());
          unknownOptions.forEach(option -> text(body, option));
        });
  }

  ByteBuf backendKeyData(CancelKey key) {
    return message(
        PostgresqlMessage.BACKEND_KEY_DATA,
        body -> body.writeInt(key.process()).writeBytes(key.secret()));
  }

  ByteBuf readyForQuery(byte status) {
    return message(PostgresqlMessage.READY_FOR_QUERY, body -> body.writeByte(status));
  }

  /** An ErrorResponse or a NoticeResponse. */
  ByteBuf report(byte type, Report report) {
    return message(
        type,
        body -> {
          report
              .fields()
              .forEach((field, value) -> {
                body.writeByte(field);
                text(body, value);
              });
          body.writeByte(0);
        });
  }

  ByteBuf parameterStatus(String name, String value) {
    return message(
        PostgresqlMessage.PARAMETER_STATUS,
        body -> {
          text(body, name);
          text(body, value);
        });
  }

  ByteBuf notification(NotificationMasking.Notification notification) {
    return message(
        PostgresqlMessage.NOTIFICATION_RESPONSE,
        body -> {
          body.writeInt(notification.process());
          text(body, notification.channel());
          text(body, notification.payload());
        });
  }

  ByteBuf startup(Map<String, String> parameters) {
    return untyped(body -> {
      body.writeInt(PROTOCOL_3_0);
      parameters.forEach((name, value) -> {
        text(body, name);
        text(body, value);
      });
      body.writeByte(0);
    });
  }

  ByteBuf sslRequest() {
    return untyped(body -> body.writeInt(SSL_REQUEST));
  }

  ByteBuf cancelRequest(CancelKey key) {
    return untyped(
        body -> body.writeInt(CANCEL_REQUEST).writeInt(key.process()).writeBytes(key.secret()));
  }

  ByteBuf password(Secret password) {
    return message(PostgresqlMessage.PASSWORD, body -> text(body, password.value()));
  }

  ByteBuf saslInitialResponse(String mechanism, String response) {
    byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
    return message(
        PostgresqlMessage.PASSWORD,
        body -> {
          text(body, mechanism);
          body.writeInt(bytes.length).writeBytes(bytes);
        });
  }

  ByteBuf saslResponse(String response) {
    return message(
        PostgresqlMessage.PASSWORD,
        body -> body.writeCharSequence(response, StandardCharsets.UTF_8));
  }

  ByteBuf query(String text) {
    return message(PostgresqlMessage.QUERY, body -> text(body, text));
  }

  ByteBuf parse(String name, String text) {
    return message(
        PostgresqlMessage.PARSE,
        body -> {
          text(body, name);
          text(body, text);
          body.writeShort(0);
        });
  }

  ByteBuf copyFail(String why) {
    return message(PostgresqlMessage.COPY_FAIL, body -> text(body, why));
  }

  ByteBuf describePortal(String name) {
    return message(
        PostgresqlMessage.DESCRIBE,
        body -> {
          body.writeByte('P');
          text(body, name);
        });
  }

  ByteBuf flush() {
    return message(PostgresqlMessage.FLUSH, body -> {});
  }

  ByteBuf terminate() {
    return message(PostgresqlMessage.TERMINATE, body -> {});
  }

  private ByteBuf message(byte type, Consumer<ByteBuf> body) {
    ByteBuf message = allocator.buffer().writeByte(type);
    return measured(message, body);
  }

  private ByteBuf untyped(Consumer<ByteBuf> body) {
    return measured(allocator.buffer(), body);
  }

  private static ByteBuf measured(ByteBuf message, Consumer<ByteBuf> body) {
    int start = message.writerIndex();
    body.accept(message.writeZero(LENGTH_FIELD));
    return message.setInt(start, message.writerIndex() - start);
  }

  private static void text(ByteBuf body, String text) {
    // A NUL would end the text early and begin a field that nobody meant.
    body.writeCharSequence(text.replace("\0", ""), StandardCharsets.UTF_8);
    body.writeByte(0);
  }
}
