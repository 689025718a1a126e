package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.PostgresqlMessage.HEADER;

import dev.blastwall.protocol.Printable;
import dev.blastwall.protocol.Replay;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows recorded answers as a terminal client would: tables, command tags, errors. */
public final class PostgresqlReplay implements Replay {

  private static final String NULL = "∅";

  private List<WireColumn> columns = List.of();

  @Override
  public String render(byte[] response) {
    StringBuilder out = new StringBuilder();
    ByteBuf bytes = Unpooled.wrappedBuffer(response);
    while (bytes.readableBytes() >= HEADER) {
      int length = bytes.getInt(bytes.readerIndex() + 1) + 1;
      if (length < HEADER || length > bytes.readableBytes()) {
        return out.append("(the rest is not a message)\n").toString();
      }
      byte type = bytes.getByte(bytes.readerIndex());
      message(new PostgresqlMessage(type, bytes.readSlice(length), 1), out);
    }
    return out.toString();
  }

  private void message(PostgresqlMessage message, StringBuilder out) {
    try {
      content(message, out);
    } catch (ProtocolViolation e) {
      line("(" + e.getMessage() + ")", out);
    }
  }

  private void content(PostgresqlMessage message, StringBuilder out) {
    switch (message.type()) {
      case PostgresqlMessage.ROW_DESCRIPTION -> header(message.body(), out);
      case PostgresqlMessage.DATA_ROW -> row(message.body(), out);
      case PostgresqlMessage.COPY_DATA -> {
        Body body = message.body();
        line(new String(body.bytes(body.remaining()), StandardCharsets.UTF_8).stripTrailing(), out);
      }
      case PostgresqlMessage.COMMAND_COMPLETE -> line(message.body().text(), out);
      case PostgresqlMessage.ERROR_RESPONSE, PostgresqlMessage.NOTICE_RESPONSE ->
          report(Report.read(message.body()), out);
      default -> {}
    }
  }

  private void header(Body body, StringBuilder out) {
    columns = WireColumn.readAll(body);
    line(String.join(" | ", columns.stream().map(WireColumn::name).toList()), out);
  }

  private void row(Body body, StringBuilder out) {
    List<String> values = new ArrayList<>();
    int count = body.count(PostgresqlMessage.LENGTH_FIELD);
    for (int i = 0; i < count; i++) {
      values.add(value(i, body.value()));
    }
    line(String.join(" | ", values), out);
  }

  private String value(int index, @Nullable ByteBuf value) {
    if (value == null) {
      return NULL;
    }
    boolean binary =
        index < columns.size()
            && columns.get(index).binary()
            && PostgresqlType.shape(columns.get(index).type()) != TypeShape.Text.TEXT;
    return binary ? "\\x" + ByteBufUtil.hexDump(value) : value.toString(StandardCharsets.UTF_8);
  }

  private static void report(Report report, StringBuilder out) {
    line(report.field(Report.SEVERITY) + ": " + report.field(Report.MESSAGE), out);
    labelled("DETAIL: ", report.field(Report.DETAIL), out);
    labelled("HINT: ", report.field(Report.HINT), out);
  }

  private static void labelled(String label, String text, StringBuilder out) {
    if (!text.isEmpty()) {
      line(label + text, out);
    }
  }

  /** A recorded text must not steer the terminal that shows it. */
  private static void line(String text, StringBuilder out) {
    out.append(Printable.of(text)).append('\n');
  }
}
