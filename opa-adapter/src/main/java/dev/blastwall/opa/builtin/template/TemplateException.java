package dev.blastwall.opa.builtin.template;

/** The text is not a template, or cannot be carried out with these values. */
public final class TemplateException extends RuntimeException {
  TemplateException(String message) {
    super("template: template:1: " + message, null, false, false);
  }
}
