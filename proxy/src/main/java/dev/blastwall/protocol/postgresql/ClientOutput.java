package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.Observation;
import dev.blastwall.protocol.SessionGate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * What the client gets to see, and the recorder with it: whole messages, gathered and handed on
 * together, so that one read of the upstream makes one write and one observation.
 */
final class ClientOutput {

  private static final int GATHERED_BYTES = 256 * 1024;

  private final Channel client;
  private final SessionGate gate;
  private final List<ByteBuf> messages = new ArrayList<>();
  private final List<Observation> completions = new ArrayList<>();
  private int gathered;

  ClientOutput(Channel client, SessionGate gate) {
    this.client = client;
    this.gate = gate;
  }

  /** Takes over whole messages. */
  void write(ByteBuf whole) {
    messages.add(whole);
    gathered += whole.readableBytes();
    if (gathered >= GATHERED_BYTES) {
      flush();
    }
  }

  /** Is observed after the bytes that were written before it. */
  void completed(Observation.Completed completion) {
    completions.add(completion);
  }

  void flush() {
    if (messages.isEmpty() && completions.isEmpty()) {
      return;
    }
    writeMessages();
    completions.forEach(gate::observe);
    completions.clear();
    client.flush();
  }

  private void writeMessages() {
    if (!messages.isEmpty()) {
      gate.observe(new Observation.Response(copy()));
      messages.forEach(client::write);
      messages.clear();
      gathered = 0;
    }
  }

  private byte[] copy() {
    byte[] bytes = new byte[gathered];
    int at = 0;
    for (ByteBuf message : messages) {
      int length = message.readableBytes();
      message.getBytes(message.readerIndex(), bytes, at, length);
      at += length;
    }
    return bytes;
  }
}
