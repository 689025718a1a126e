package dev.blastwall.protocol;

import io.netty.channel.Channel;

/** A wire protocol. Implemented once per protocol; transport hands it every accepted connection. */
public interface Protocol {

  /** The name, as configuration and policy say it, for example {@code postgresql}. */
  String name();

  /**
   * Takes over a connection that was just accepted. Called on the connection's event loop, before
   * its first byte is read; the channel's pipeline is the protocol's from here on.
   *
   * <p>When the gateway stops, the pipeline gets {@link Stopping} as a user event: the protocol
   * then says goodbye in its own language and closes.
   *
   * @param client the connection
   */
  void accept(Channel client);
}
