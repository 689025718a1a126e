package dev.blastwall.protocol;

import dev.blastwall.command.Command;
import dev.blastwall.command.ResultColumn;
import dev.blastwall.command.Session;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges what one session asks. Called on the session's event loop only; answers on it, perhaps
 * before the question returns.
 */
public interface SessionGate {

  /** The session as it was admitted. */
  Session session();

  /**
   * Says whom to tell that the session must end before its time, because policy no longer allows
   * it. The protocol then tells the client in its own language, ends what runs, and {@link #close
   * closes}.
   *
   * @param then gets the reason once at most: before this method returns when it is known already
   */
  void onEnding(Consumer<Refusal> then);

  /**
   * Decides about a command. Not a byte of it may go upstream before a {@link Verdict.Forward}.
   *
   * @param command what was asked
   * @param onHold is told when the command waits for a human; the verdict then comes later
   * @param then gets the verdict, exactly once
   */
  void judge(Command command, Consumer<Held> onHold, Consumer<Verdict> then);

  /**
   * Decides about a result set, before its first row reaches the client.
   *
   * @param forward the verdict under which the command ran
   * @param columns the columns of the result
   * @param then gets the masks or a refusal, exactly once
   */
  void describe(Verdict.Forward forward, List<ResultColumn> columns, Consumer<Description> then);

  /** Tells what went by, in order, as the client saw it. */
  void observe(Observation observation);

  /** Whether the recorder is behind: a protocol then stops reading upstream until it is not. */
  boolean congested();

  /**
   * The session is over. Held commands are withdrawn.
   *
   * @param why for the record, one line
   */
  void close(String why);
}
