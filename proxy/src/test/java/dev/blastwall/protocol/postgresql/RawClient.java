package dev.blastwall.protocol.postgresql;

import dev.blastwall.protocol.ContractClient;
import dev.blastwall.protocol.FakeGate;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client that sends whatever bytes a test wants, written without the gateway's own codec. */
final class RawClient implements ContractClient {

  /** A message of the server. */
  record Message(char type, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    ByteBuffer buffer() {
      return ByteBuffer.wrap(body);
    }
  }

  private final InetSocketAddress address;
  private final Socket socket;
  private final DataInputStream in;
  private byte[] key = {};

  RawClient(InetSocketAddress address) throws IOException {
    this(address, new Socket(address.getAddress(), address.getPort()));
  }

  /** A client that trusts whoever it reaches and begins with TLS at once. */
  static RawClient overTls(InetSocketAddress address) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"postgresql"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new RawClient(address, socket);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private RawClient(InetSocketAddress address, Socket socket) throws IOException {
    this.address = address;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
  }

  static RawClient signedIn(InetSocketAddress address) throws IOException {
    RawClient client = new RawClient(address);
    client.write(startup(3 << 16, "user", "alice", "database", "shop"));
    client.read();
    client.write(message('p', FakeGate.TOKEN + "\0"));
    client.readyForQuery();
    return client;
  }

  // What a client says

  static byte[] startup(int version, String... parameters) {
    return untyped(
        bytes(out -> {
          out.writeInt(version);
          for (String text : parameters) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.write(0);
          }
          out.write(0);
        }));
  }

  static byte[] request(int code, byte... rest) {
    return untyped(
        bytes(out -> {
          out.writeInt(code);
          out.write(rest);
        }));
  }

  private static byte[] untyped(byte[] body) {
    return bytes(out -> {
      out.writeInt(body.length + 4);
      out.write(body);
    });
  }

  static byte[] message(char type, String body) {
    return message(type, body.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] message(char type, byte... body) {
    return bytes(out -> {
      out.write(type);
      out.writeInt(body.length + 4);
      out.write(body);
    });
  }

  static byte[] query(String text) {
    return message('Q', text + "\0");
  }

  static byte[] parse(String name, String text) {
    return message('P', name + "\0" + text + "\0\0\0");
  }

  static byte[] bind(String portal, String statement, String... values) {
    return bindWithResults(0, portal, statement, values);
  }

  static byte[] bindWithResults(int format, String portal, String statement, String... values) {
    return message(
        'B',
        bytes(out -> {
          out.write((portal + "\0" + statement + "\0").getBytes(StandardCharsets.UTF_8));
          out.writeShort(0);
          out.writeShort(values.length);
          for (String value : values) {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
          }
          out.writeShort(1);
          out.writeShort(format);
        }));
  }

  static byte[] bindBinary(String portal, String statement, byte[] value) {
    return message(
        'B',
        bytes(out -> {
          out.write((portal + "\0" + statement + "\0").getBytes(StandardCharsets.UTF_8));
          out.writeShort(1);
          out.writeShort(1);
          out.writeShort(1);
          out.writeInt(value.length);
          out.write(value);
          out.writeShort(0);
        }));
  }

  static byte[] describe(char kind, String name) {
    return message('D', kind + name + "\0");
  }

  static byte[] execute(String portal, int rows) {
    return message(
        'E',
        bytes(out -> {
          out.write((portal + "\0").getBytes(StandardCharsets.UTF_8));
          out.writeInt(rows);
        }));
  }

  static byte[] sync() {
    return message('S');
  }

  static byte[] flush() {
    return message('H');
  }

  static byte[] all(byte[]... parts) {
    return bytes(out -> {
      for (byte[] part : parts) {
        out.write(part);
      }
    });
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  // What goes by

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  Message read() throws IOException {
    char type = (char) in.readUnsignedByte();
    byte[] body = in.readNBytes(in.readInt() - 4);
    return new Message(type, body);
  }

  int readByte() throws IOException {
    return in.read();
  }

  /** All messages up to ReadyForQuery, or up to the end of the connection. */
  List<Message> readyForQuery() throws IOException {
    List<Message> messages = new ArrayList<>();
    try {
      do {
        messages.add(read());
        if (messages.getLast().type() == 'K') {
          key = messages.getLast().body();
        }
      } while (messages.getLast().type() != 'Z');
    } catch (EOFException | SocketException e) {
      return messages;
    }
    return messages;
  }

  /** The types of all messages up to ReadyForQuery, with the status behind it. */
  String types() throws IOException {
    StringBuilder types = new StringBuilder();
    for (Message message : readyForQuery()) {
      types.append(message.type());
      if (message.type() == 'Z') {
        types.append((char) message.body()[0]);
      }
    }
    return types.toString();
  }

  /** Everything up to the end of the connection, as text. */
  String rest() throws IOException {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "reset";
    }
  }

  byte[] key() {
    return key;
  }

  static String field(Message report, char field) {
    for (String part : report.text().split("\0")) {
      if (!part.isEmpty() && part.charAt(0) == field) {
        return part.substring(1);
      }
    }
    return "";
  }

  static List<String> row(Message row) {
    ByteBuffer body = row.buffer();
    List<String> values = new ArrayList<>();
    for (int i = body.getShort(); i > 0; i--) {
      int length = body.getInt();
      if (length < 0) {
        values.add("NULL");
      } else {
        byte[] value = new byte[length];
        body.get(value);
        values.add(new String(value, StandardCharsets.UTF_8));
      }
    }
    return values;
  }

  static Answer answer(List<Message> messages) {
    List<List<String>> rows = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    String error = "";
    String words = "";
    for (Message message : messages) {
      switch (message.type()) {
        case 'D' -> rows.add(row(message));
        case 'N' -> notices.add(message.text());
        case 'E' -> {
          error = field(message, 'C');
          words = message.text();
        }
        default -> {}
      }
    }
    return new Answer(rows, error, words, notices);
  }

  // As the contract drives it

  @Override
  public Answer ask(String command) throws IOException {
    send(command);
    return answer();
  }

  @Override
  public void send(String command) throws IOException {
    write(query(command));
  }

  @Override
  public Answer answer() throws IOException {
    return answer(readyForQuery());
  }

  @Override
  public void cancel() throws IOException {
    try (RawClient canceller = new RawClient(address)) {
      canceller.write(request(80877102, Arrays.copyOf(key, key.length)));
      canceller.rest();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
