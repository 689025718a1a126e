package dev.blastwall.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Watches every event loop of this JVM, by BlockHound. It sees sleeping, waiting for a lock or a
 * thread, streams, sockets, files and name servers; it does not see waiting for a monitor.
 */
final class BlockingCalls {

  private static final String FILES = "sun.nio.ch.UnixFileDispatcherImpl";

  private final Queue<String> found = new ConcurrentLinkedQueue<>();

  /** Watches from now to the JVM's end. */
  static BlockingCalls watched() {
    BlockingCalls calls = new BlockingCalls();
    BlockHound.Builder builder =
        BlockHound.builder()
            .markAsBlocking(FILES, "read0", "(Ljava/io/FileDescriptor;JI)I")
            .markAsBlocking(FILES, "pread0", "(Ljava/io/FileDescriptor;JIJ)I")
            .markAsBlocking(FILES, "write0", "(Ljava/io/FileDescriptor;JI)I")
            .markAsBlocking(FILES, "pwrite0", "(Ljava/io/FileDescriptor;JIJ)I")
            .markAsBlocking(FILES, "force0", "(Ljava/io/FileDescriptor;Z)I")
            .markAsBlocking(
                "java.net.Inet6AddressImpl",
                "lookupAllHostAddr",
                "(Ljava/lang/String;I)[Ljava/net/InetAddress;")
            // Hand-overs to other threads, under locks that are held for moments.
            .allowBlockingCallsInside("java.util.concurrent.ArrayBlockingQueue", "offer")
            .allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer")
            // /dev/urandom is a file that always has more.
            .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
            .blockingMethodCallback(method -> calls.found.add(method + stack()));
    // Netty's own only: others allow what writes to the console, which may block as well.
    ServiceLoader.load(BlockHoundIntegration.class).stream()
        .filter(integration -> integration.type().getName().startsWith("io.netty."))
        .forEach(integration -> builder.with(integration.get()));
    builder.install();
    return calls;
  }

  private static String stack() {
    return Arrays.stream(Thread.currentThread().getStackTrace())
        .map(StackTraceElement::toString)
        .filter(frame -> !frame.contains("reactor.blockhound"))
        .collect(Collectors.joining("\n  at ", "\n  at ", ""));
  }

  void forget() {
    found.clear();
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
