package dev.blastwall.protocol.postgresql;

import io.netty.buffer.ByteBuf;

/**
 * What the client sees of the upstream's answers. After a result was withheld, it sees nothing more
 * of that Query or segment, as after any error.
 */
final class ClientView {

  private final ClientOutput out;
  private boolean muted;

  ClientView(ClientOutput out) {
    this.out = out;
  }

  void show(ByteBuf whole) {
    if (muted) {
      whole.release();
    } else {
      out.write(whole);
    }
  }

  void showUnless(boolean swallowed, PostgresqlMessage message) {
    if (swallowed) {
      message.release();
    } else {
      show(message.frames());
    }
  }

  boolean isMuted() {
    return muted;
  }

  void mute() {
    muted = true;
  }

  void unmute() {
    muted = false;
  }
}
