package dev.blastwall.opa.decisionlog;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that logs decisions for a service that does not answer, and ends without a word. */
final class CutShort {
  static final int STATUS = 9;

  private CutShort() {}

  /** The argument is the folder of the spool. */
  public static void main(String[] arguments) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DecisionLog log =
            new DecisionLog(
                Map.of(),
                List.of(),
                Optional.of(
                    new LogService(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/logs"),
                        Optional.empty(),
                        Optional.empty(),
                        Reporting.DEFAULT,
                        Path.of(arguments[0]),
                        LogService.DEFAULT_SPOOL_LIMIT)),
                new DecisionLogListener() {})) {
      for (int i = 0; i < 3; i++) {
        log.log(Decisions.named("" + i), LogPolicy.EVERYTHING);
      }
      log.flush();
      new PrintStream(System.out, true).println("accepted");
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
