package dev.blastwall.cli;

import dev.blastwall.demo.Demo;
import dev.blastwall.demo.Tour;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What the demo says to paste. */
final class DemoText {

  private DemoText() {}

  static void print(Demo demo, Path readyFile, PrintWriter out) {
    int port = demo.gateway().postgresql().getPort();
    String file = readyFile.toString();
    String ready = file.equals(ReadyFile.DEFAULT) ? "" : " --ready-file " + file;
    out.printf(
        """

        Ready. In another terminal, in this folder, be alice, an engineer:

          export PGPASSWORD=$(sed -n 's/.*"token" : "\\(.*\\)",/\\1/p' %s | head -n 1)
          psql "host=127.0.0.1 port=%d dbname=%s user=alice sslmode=require"

        and try

          %s;
              goes on
          %s;
              goes on, masked: an alias does not help
          %s;
              is refused, with the reason and what to do
          %s;
              waits, and tells its ID. In a third terminal, dora approves it:

          ./blastwall approvals list --as dora%s
          ./blastwall approvals approve --as dora%s ID

        Then see what was recorded:

          ./blastwall sessions list%s
          ./blastwall sessions replay%s ID
          ./blastwall sessions verify %s

        Ctrl-C ends the demo and leaves nothing behind.
        """,
        file,
        port,
        Demo.CONNECTION,
        Tour.ALLOWED,
        Tour.MASKED,
        Tour.REFUSED,
        Tour.HELD,
        ready,
        ready,
        ready,
        ready,
        demo.gateway().recordings());
  }
}
