package dev.blastwall.command;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the digests of one session's commands. */
public final class CommandDigests {

  /** To find one among the providers costs more than to digest a command. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(CommandDigests::sha256);

  /** The same for all commands of the session. */
  private final byte[] asker;

  /** Digests of what is asked in {@code session}. */
  public CommandDigests(Session session) {
    CanonicalForm form = new CanonicalForm();
    session.connection().writeTo(form);
    session.principal().writeTo(form);
    asker = form.bytes();
  }

  /** The digest of {@code command} as asked in this session. */
  public CommandDigest of(Command command) {
    CanonicalForm form = new CanonicalForm().text("blastwall/command/1").text(command.kind());
    command.writeTo(form);
    MessageDigest sha256 = SHA_256.get();
    sha256.update(form.bytes());
    return new CommandDigest(HexFormat.of().formatHex(sha256.digest(asker)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
