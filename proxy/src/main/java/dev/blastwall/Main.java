package dev.blastwall;

import dev.blastwall.cli.BlastwallCommand;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program {@code blastwall}. */
public final class Main {

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Libraries that log through the JDK end up in the one log, at its levels.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(BlastwallCommand.run(arguments));
  }
}
