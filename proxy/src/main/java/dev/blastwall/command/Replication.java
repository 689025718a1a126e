package dev.blastwall.command;

/**
 * A stream of everything that changes in a database, instead of a session with statements. The
 * shipped policy refuses it.
 *
 * @param protocol the protocol in which it was asked for
 * @param mode what of it: {@code physical} is the whole server, {@code database} one database
 */
public record Replication(String protocol, String mode) implements Command {

  @Override
  public String kind() {
    return "replication";
  }

  @Override
  public void writeTo(CanonicalForm form) {
    form.text(protocol).text(mode);
  }
}
