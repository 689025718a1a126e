package dev.blastwall.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in words; a stack trace only for what nobody foresaw. */
final class FailureHandler implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandFailure foreseen) {
      command.getErr().println("blastwall: " + foreseen.getMessage());
      return foreseen.exitCode();
    }
    throw failure;
  }
}
