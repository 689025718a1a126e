package dev.blastwall.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who can be in the demo. */
public enum DemoUser {
  /** An engineer. */
  ALICE("alice", List.of("engineers"), Map.of()),
  /** Approves what engineers may not do alone. */
  DORA("dora", List.of("approvers"), Map.of()),
  /** A CI job; its run is a claim, as CI systems do it. */
  PIPELINE(
      "pipeline",
      List.of("ci"),
      Map.of("run_id", "1042", "job", "nightly-report", "repository", "shop/reports")),
  /** A program that acts for alice (RFC 8693, section 4.1). */
  AGENT("alice", List.of("engineers"), Map.of("act", Map.of("sub", "agent")));

  private final String subject;

  // Made by List.of and Map.of, which Error Prone cannot see here.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> groups;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, Object> claims;

  DemoUser(String subject, List<String> groups, Map<String, Object> claims) {
    this.subject = subject;
    this.groups = groups;
    this.claims = claims;
  }

  /** The name in the ready file, for example {@code alice}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The {@code sub} of the user's tokens. */
  public String subject() {
    return subject;
  }

  public List<String> groups() {
    return groups;
  }

  /** What the user's tokens say besides subject and groups. */
  Map<String, Object> claims() {
    return claims;
  }
}
