package dev.blastwall.protocol.postgresql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said in OAUTHBEARER (RFC 7628, sections 3.1 and 3.2.2; tokens: RFC 6750, section 2.1).
 */
final class BearerMessage {

  static final String NAME = "OAUTHBEARER";

  /** No channel binding, no other user to act as: PostgreSQL takes neither. */
  private static final Pattern GS2_HEADER = Pattern.compile("[ny],,");

  private static final Pattern PAIR = Pattern.compile("([A-Za-z]+)=([^\\x00\\x01]*)\\x01");
  private static final Pattern PAIRS = Pattern.compile("\\x01((?:" + PAIR + ")*+)\\x01");
  private static final Pattern BEARER = Pattern.compile("([A-Za-z]+) +([A-Za-z0-9._~+/-]+=*)");

  private BearerMessage() {}

  /**
   * The token in a client's first message; empty when the client asks where to get one.
   *
   * @throws ProtocolViolation when it is no such message; its words hold nothing of the message
   */
  static String token(String message) {
    Matcher header = GS2_HEADER.matcher(message);
    if (!header.lookingAt()) {
      throw malformed();
    }
    return bearer(auth(message.substring(header.end())));
  }

  /** The value of {@code auth} among the pairs, each of which ends with a separator. */
  private static String auth(String pairs) {
    Matcher form = PAIRS.matcher(pairs);
    if (!form.matches()) {
      throw malformed();
    }
    List<String> values =
        PAIR.matcher(form.group(1))
            .results()
            .filter(pair -> pair.group(1).equals("auth"))
            .map(pair -> pair.group(2))
            .toList();
    if (values.size() != 1) {
      throw malformed();
    }
    return values.getFirst();
  }

  private static String bearer(String auth) {
    if (auth.isEmpty()) {
      return "";
    }
    Matcher matcher = BEARER.matcher(auth);
    if (!matcher.matches() || !matcher.group(1).toLowerCase(Locale.ROOT).equals("bearer")) {
      throw malformed();
    }
    return matcher.group(2);
  }

  private static ProtocolViolation malformed() {
    return ProtocolViolation.malformed("a malformed OAUTHBEARER message");
  }

  /** Tells a client where tokens come from that are taken. */
  static String failure(SignInMethod.OAuthBearer method) {
    String issuer = method.issuer();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", "invalid_token")
        .put("openid-configuration", base + "/.well-known/openid-configuration")
        .put("scope", method.scope())
        .toString();
  }
}
