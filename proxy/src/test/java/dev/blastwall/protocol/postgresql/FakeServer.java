package dev.blastwall.protocol.postgresql;

import static dev.blastwall.protocol.postgresql.RawClient.all;
import static dev.blastwall.protocol.postgresql.RawClient.message;

import dev.blastwall.protocol.Upstream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that does what a test says, byte by byte, written without the gateway's own codec. */
final class FakeServer implements AutoCloseable {

  /** What it does with one connection; at the end that is closed. */
  interface Script {
    void play(Socket client) throws IOException;
  }

  private final ServerSocket socket;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  /** What became of each connection that was played to its end. */
  final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

  FakeServer(Script script) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  private void accept(Script script) {
    try {
      while (true) {
        Socket client = socket.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> play(script, client));
      }
    } catch (IOException closed) {
      ended.add("closed");
    }
  }

  private void play(Script script, Socket client) {
    try (client) {
      script.play(client);
      ended.add("played");
    } catch (IOException e) {
      ended.add("broken");
    }
  }

  Upstream.Address address() {
    return new Upstream.Address("127.0.0.1", socket.getLocalPort());
  }

  /** An address at which nobody listens. */
  static Upstream.Address nobody() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Upstream.Address("127.0.0.1", taken.getLocalPort());
    }
  }

  int connections() {
    return clients.size();
  }

  /** Reads the StartupMessage. */
  static void startup(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    in.readNBytes(in.readInt() - 4);
  }

  /** Reads a message and says its type. */
  static char typed(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    char type = (char) in.readUnsignedByte();
    in.readNBytes(in.readInt() - 4);
    return type;
  }

  /** Reads and says nothing until the other side hangs up. */
  static void silence(Socket client) throws IOException {
    client.getInputStream().readAllBytes();
  }

  /** Ends without a goodbye: what is in flight is lost. */
  static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  static void say(Socket client, byte[]... messages) throws IOException {
    client.getOutputStream().write(all(messages));
    client.getOutputStream().flush();
  }

  static byte[] fatal(String sqlState) {
    return message('E', "SFATAL\0VFATAL\0C" + sqlState + "\0Mhere I say something secret\0\0");
  }

  /** Lets the gateway in, as a replica or not. */
  static void letIn(Socket client, boolean replica) throws IOException {
    startup(client);
    say(
        client,
        message('R', "\0\0\0\0"),
        message('S', "in_hot_standby\0" + (replica ? "on" : "off") + "\0"),
        message('K', "\0\0\0\1\0\0\0\2"),
        message('Z', "I"));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
