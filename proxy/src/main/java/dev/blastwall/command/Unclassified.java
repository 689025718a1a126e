package dev.blastwall.command;

/**
 * A command that the gateway can recognise as one but not describe. The shipped policy refuses it.
 *
 * @param protocol the protocol that carried it
 * @param description what is known of it, for a human
 */
public record Unclassified(String protocol, String description) implements Command {

  @Override
  public String kind() {
    return "unclassified";
  }

  @Override
  public void writeTo(CanonicalForm form) {
    form.text(protocol).text(description);
  }
}
