package dev.blastwall.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.blastwall.command.Principal;
import dev.blastwall.command.Principal.Actor;
import dev.blastwall.command.Principal.Kind;
import dev.blastwall.identity.Verification.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads who asks from the claims of a token that is proved.
 *
 * <p>{@code sub} stays the one on whose behalf all is done; {@code kind} is that of the one at the
 * wire: of the nearest actor where there is one, else of the subject. So an agent that acts for a
 * person never looks like the person to a policy that asks for {@code kind == "person"}.
 */
final class PrincipalReader {

  /** RFC 8693 sets no bound; a longer chain is refused. */
  static final int MAX_ACTORS = 8;

  private final TrustedIssuer issuer;

  PrincipalReader(TrustedIssuer issuer) {
    this.issuer = issuer;
  }

  Principal read(JsonNode claims) throws Rejection {
    Map<String, Object> values = StrictJson.members(claims);
    List<Actor> actors = actors(claims);
    Kind kind =
        actors.isEmpty()
            ? KindRule.first(issuer.kinds(), values, Kind.PERSON)
            : actors.getFirst().kind();
    return new Principal(
        subject(claims, "token"), issuer.issuer(), kind, groups(claims), values, actors);
  }

  private static String subject(JsonNode claims, String whose) throws Rejection {
    JsonNode subject = claims.path("sub");
    if (subject.isTextual() && !subject.textValue().isBlank()) {
      return subject.textValue();
    }
    throw new Rejection(Reason.MISSING_CLAIM, "The " + whose + " names no subject.");
  }

  private List<String> groups(JsonNode claims) throws Rejection {
    checkOverage(claims);
    List<String> groups = new ArrayList<>();
    for (String name : issuer.groupClaims()) {
      for (JsonNode group : list(claims.path(name))) {
        groups.add(group.textValue());
      }
    }
    return groups.stream().distinct().toList();
  }

  private static List<JsonNode> list(JsonNode value) throws Rejection {
    List<JsonNode> names = value.isTextual() ? List.of(value) : value.valueStream().toList();
    boolean readable = value.isMissingNode() || value.isTextual() || value.isArray();
    if (readable && names.stream().allMatch(JsonNode::isTextual)) {
      return names;
    }
    throw new Rejection(Reason.MALFORMED, "The token's groups are not a list of names.");
  }

  /**
   * OpenID Connect Core 1.0, section 5.6.2: claims that are elsewhere. "Too many groups" must not
   * be read as "no groups", because policies may refuse by group.
   */
  private void checkOverage(JsonNode claims) throws Rejection {
    JsonNode elsewhere = claims.path("_claim_names");
    if (issuer.groupClaims().stream().anyMatch(elsewhere::has) || claims.has("hasgroups")) {
      throw new Rejection(
          Reason.GROUPS_UNKNOWN,
          "The issuer left the groups out of the token: there are too many.");
    }
  }

  /** RFC 8693, section 4.1: the outermost acts now, those within acted before. */
  private List<Actor> actors(JsonNode claims) throws Rejection {
    List<Actor> actors = new ArrayList<>();
    for (JsonNode act = claims.get("act"); act != null; act = act.get("act")) {
      if (!issuer.acceptsActors()) {
        throw new Rejection(
            Reason.ACTOR_NOT_ACCEPTED, "The token's issuer is not trusted to name actors.");
      }
      if (actors.size() == MAX_ACTORS) {
        throw new Rejection(Reason.MALFORMED, "The token's chain of actors is too long.");
      }
      actors.add(actor(act));
    }
    return actors;
  }

  private Actor actor(JsonNode act) throws Rejection {
    JsonNode actorIssuer = act.path("iss");
    if (!act.isObject() || !(actorIssuer.isMissingNode() || actorIssuer.isTextual())) {
      throw new Rejection(Reason.MALFORMED, "The token's chain of actors is not readable.");
    }
    Kind kind = KindRule.first(issuer.kinds(), StrictJson.members(act), Kind.AGENT);
    return new Actor(subject(act, "actor"), actorIssuer.asText(issuer.issuer()), kind);
  }
}
