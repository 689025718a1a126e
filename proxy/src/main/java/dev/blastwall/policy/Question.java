package dev.blastwall.policy;

import dev.blastwall.command.Command;
import dev.blastwall.command.CommandDigest;
import dev.blastwall.command.ResultColumn;
import java.util.List;

/** What a session asks of policy; one kind for each point of the contract. */
public sealed interface Question {

  /** May this principal use this connection? */
  record Connect() implements Question {}

  /**
   * May this command go upstream?
   *
   * @param commands commands that the session asked before this one
   * @param command what was asked
   * @param digest its digest
   */
  record Judge(int commands, Command command, CommandDigest digest) implements Question {}

  /**
   * How may this result be shown?
   *
   * @param commands commands that the session asked before this one
   * @param command what was asked
   * @param digest its digest
   * @param columns the columns of the result
   */
  record Describe(int commands, Command command, CommandDigest digest, List<ResultColumn> columns)
      implements Question {}
}
