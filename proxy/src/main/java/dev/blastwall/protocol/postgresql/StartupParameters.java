package dev.blastwall.protocol.postgresql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a StartupMessage asks for. Everything in it but {@code user} and {@code database} becomes a
 * setting of the upstream session, so what would change who the session is, or how SQL text is
 * read, is refused here.
 *
 * @param connection the name of the connection
 * @param database the database on it, or null for the connection's own
 * @param replication {@code physical} or {@code database} where no session but a stream of
 *     replication is asked for (manual, "Streaming Replication Protocol"), else null
 * @param settings what goes to the upstream
 * @param unknownOptions protocol options ({@code _pq_.…}) that the gateway does not know
 */
record StartupParameters(
    String connection,
    @Nullable String database,
    @Nullable String replication,
    Map<String, String> settings,
    List<String> unknownOptions) {

  private static final String PROTOCOL_OPTION = "_pq_.";

  /** Parameters whose change the gateway could not follow, or that make the session another's. */
  private static final Set<String> REFUSED =
      Set.of(
          "standard_conforming_strings",
          "client_encoding",
          "role",
          "session_authorization",
          "session_replication_role");

  private static final Set<String> UTF8 = Set.of("utf8", "unicode", "auto");

  /** Reads the body behind the protocol version. */
  static StartupParameters read(Body body) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String name = body.text(); !name.isEmpty(); name = body.text()) {
      all.put(name, body.text());
    }
    body.end();
    return of(all);
  }

  private static StartupParameters of(Map<String, String> all) {
    String user = all.getOrDefault("user", "");
    String name = all.getOrDefault("database", user);
    int slash = name.indexOf('/');
    Map<String, String> settings = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    all.forEach((parameter, value) -> {
      if (parameter.startsWith(PROTOCOL_OPTION)) {
        unknown.add(parameter);
      } else if (isSetting(parameter, value)) {
        settings.put(parameter, value);
      }
    });
    return new StartupParameters(
        slash < 0 ? name : name.substring(0, slash),
        slash < 0 ? null : name.substring(slash + 1),
        replication(all.getOrDefault("replication", "false")),
        settings,
        List.copyOf(unknown));
  }

  private static boolean isSetting(String parameter, String value) {
    switch (parameter) {
      case "user", "database", "replication" -> {
        return false;
      }
      case "client_encoding" -> {
        refuseOtherEncoding(value);
        return false;
      }
      case "options" -> {
        StartupOptions.names(value).forEach(StartupParameters::refuse);
        return true;
      }
      default -> {
        refuse(parameter);
        return true;
      }
    }
  }

  /** As the server reads it (backend_startup.c): the word database, or a boolean. */
  private static @Nullable String replication(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "false", "off", "no", "0" -> null;
      case "database" -> "database";
      // Whatever else the server may take for a yes is one.
      default -> "physical";
    };
  }

  private static void refuseOtherEncoding(String value) {
    String name = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (!UTF8.contains(name)) {
      throw new StartupRefusedException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "client_encoding must be UTF8: text in another encoding cannot be judged");
    }
  }

  private static void refuse(String name) {
    if (REFUSED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new StartupRefusedException(
          SqlState.INSUFFICIENT_PRIVILEGE, "the start-up parameter " + name + " is not allowed");
    }
  }

  String application() {
    return settings.getOrDefault("application_name", "");
  }
}
