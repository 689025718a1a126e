package dev.blastwall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.blastwall.demo.Demo;
import dev.blastwall.demo.DemoUser;
import dev.blastwall.gateway.Gateway;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;

/**
 * A program of its own, because what BlockHound does to a JVM is not undone: prints every blocking
 * call that an event loop made, and how many there were.
 */
final class WatchedJvm {

  private static final int ROUNDS = 5;

  private WatchedJvm() {}

  /** {@code block FOLDER} blocks on purpose; {@code serve FOLDER} is a gateway with clients. */
  public static void main(String[] arguments) throws Exception {
    BlockingCalls calls = BlockingCalls.watched();
    if (arguments[0].equals("block")) {
      block(Path.of(arguments[1]));
    } else {
      serve(calls);
    }
    calls.found().forEach(System.out::println);
    System.out.println("blocking calls: " + calls.found().size());
    System.exit(0);
  }

  // What must be found

  private static void block(Path folder) throws Exception {
    Path file = folder.resolve("file");
    try (FileOutputStream stream = new FileOutputStream(file.toFile());
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      CountDownLatch never = new CountDownLatch(1);
      onLoop(() -> never.await(1, TimeUnit.MILLISECONDS));
      onLoop(() -> write(stream));
      onLoop(() -> channel.write(ByteBuffer.allocate(1), 0));
      onLoop(() -> channel.write(ByteBuffer.allocate(1)));
      onLoop(() -> channel.read(ByteBuffer.allocate(1), 0));
      onLoop(() -> channel.read(ByteBuffer.allocate(1)));
      onLoop(() -> force(channel));
      onLoop(() -> InetAddress.getByName("localhost"));
    }
  }

  private static int write(FileOutputStream stream) throws IOException {
    stream.write('x');
    return 1;
  }

  private static int force(FileChannel channel) throws IOException {
    channel.force(false);
    return 1;
  }

  private static boolean log(String message) {
    LoggerFactory.getLogger(Gateway.class).warn(message);
    return true;
  }

  private static void onLoop(Callable<?> blocking) throws Exception {
    try (EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      loops.submit(blocking).get();
    }
  }

  // What clients do

  private static void serve(BlockingCalls calls) throws Exception {
    try (RunningDemo demo = new RunningDemo()) {
      calls.forget();
      for (int round = 0; round < ROUNDS; round++) {
        work(demo);
      }
      holdAndApprove(demo);
      onLoop(() -> log("what a session says when it fails"));
      wrongToken(demo);
      // What is found while it stops is no session's trouble.
      demo.awaitRecorded("blastwall-watched-last");
    }
  }

  private static void work(RunningDemo demo) throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      read(statement.executeQuery("select id, email, card_number from customers where id < 9"));
      read(statement.executeQuery("select row_to_json(c) from customers c where id = 1"));
      prepared(alice);
      refused(statement, "drop table orders");
      refused(statement, "this is no statement " + System.nanoTime());
      refused(statement, "select 1 / 0");
      copy(alice);
      statement.execute("select 'blastwall-watched-last'");
    }
  }

  private static void prepared(Connection alice) throws SQLException {
    alice.setAutoCommit(false);
    try (PreparedStatement orders =
        alice.prepareStatement("select id, status from orders where id > ?")) {
      orders.setFetchSize(5);
      orders.setInt(1, 1);
      read(orders.executeQuery());
    }
    alice.commit();
    alice.setAutoCommit(true);
  }

  private static void copy(Connection alice) throws SQLException, IOException {
    var copies = alice.unwrap(PGConnection.class).getCopyAPI();
    StringWriter rows = new StringWriter();
    copies.copyOut("copy (select id, status from orders) to stdout", rows);
    try (Statement statement = alice.createStatement()) {
      statement.execute("create temp table incoming (id int, status text)");
    }
    copies.copyIn("copy incoming from stdin", new StringReader(rows.toString()));
  }

  private static void read(ResultSet rows) throws SQLException {
    while (rows.next()) {
      rows.getString(1);
    }
  }

  private static void refused(Statement statement, String text) {
    try {
      statement.execute(text);
      throw new AssertionError("was not refused: " + text);
    } catch (SQLException e) {
      // As it should be.
    }
  }

  private static void holdAndApprove(RunningDemo demo) throws Exception {
    try (Connection alice = demo.connect(DemoUser.ALICE);
        Statement statement = alice.createStatement()) {
      CompletableFuture<Void> deleted =
          CompletableFuture.runAsync(
              () -> delete(statement, "delete from customers where id = 1000000"), Threads.VIRTUAL);
      JsonNode held = demo.awaitHeld();
      demo.answer(held, "approve");
      deleted.join();
    }
  }

  private static void delete(Statement statement, String text) {
    try {
      statement.execute(text);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void wrongToken(RunningDemo demo) {
    String url = "jdbc:postgresql://localhost:" + demo.port() + "/" + Demo.CONNECTION;
    try (Connection unexpected = DriverManager.getConnection(url, "alice", "no token")) {
      throw new AssertionError("was let in: " + unexpected);
    } catch (SQLException e) {
      // As it should be.
    }
  }
}
