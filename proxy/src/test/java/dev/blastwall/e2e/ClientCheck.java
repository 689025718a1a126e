package dev.blastwall.e2e;

import java.util.Locale;

/** What a client is asked to do. */
enum ClientCheck {
  /** With a token as password, over TLS, the certificate and its name verified. */
  SIGN_IN(true, "signed in"),
  /** A prepared statement with parameters of many types, as text and binary, asked many times. */
  TYPES(true, ".*12345678901234567890\\.0123456789.*"),
  /** A transaction with a savepoint, an error, and the way back. */
  TRANSACTION(true, ".*22012.*1, ?3.*"),
  /** Labelled columns, by a prepared statement, as text and binary: one row, always the same. */
  MASKED(false, "a\\*{3,}@example\\.org \\[redacted\\] \\*{3,}1111"),
  /** A command that the policy refuses: its SQLSTATE, the reason, the hint; then the next one. */
  REFUSED(false, ".*42501:? DROP and TRUNCATE .+ goes on"),
  /** COPY from and to the client. */
  COPY(true, ".*\\d.*|true"),
  /** A cancel on a connection of its own. */
  CANCEL(true, ".*(57014|cancelled).*"),
  /** Rows in parts. */
  CURSOR(true, "\\d.*"),
  /** Many statements before the first answer, and an error among them. */
  PIPELINE(true, "\\d.*"),
  /** Many executions of one statement at once. */
  BATCH(true, ".*\\d.*"),
  /** LISTEN and NOTIFY. */
  NOTIFY(true, ".*bell.*rung.*");

  private final boolean transparent;
  private final String form;

  ClientCheck(boolean transparent, String form) {
    this.transparent = transparent;
    this.form = form;
  }

  /** As programs and the matrix call it: {@code sign-in}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the gateway must change nothing. */
  boolean transparent() {
    return transparent;
  }

  /** What has to come out, as a regular expression. */
  String form() {
    return form;
  }
}
