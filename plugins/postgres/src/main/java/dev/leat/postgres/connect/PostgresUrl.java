package dev.leat.postgres.connect;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and who logs in, as a libpq connection URI says it.
 *
 * @param hosts tried in this order; at least one
 * @param database the database
 * @param user the role
 * @param password null if none is given
 * @param parameters by the names pgjdbc has for them
 */
public record PostgresUrl(
    List<Host> hosts,
    String database,
    String user,
    @Nullable Secret password,
    Map<String, String> parameters) {

  private static final int DEFAULT_PORT = 5432;

  /** What libpq calls its parameters, with pgjdbc's names; pgjdbc's own names are taken too. */
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("sslmode", "sslmode"),
          Map.entry("sslrootcert", "sslrootcert"),
          Map.entry("sslcert", "sslcert"),
          Map.entry("sslkey", "sslkey"),
          Map.entry("sslpassword", "sslpassword"),
          Map.entry("sslnegotiation", "sslNegotiation"),
          Map.entry("channel_binding", "channelBinding"),
          Map.entry("connect_timeout", "connectTimeout"),
          Map.entry("options", "options"),
          Map.entry("target_session_attrs", "targetServerType"),
          Map.entry("krbsrvname", "kerberosServerName"),
          Map.entry("require_auth", "requireAuth"),
          Map.entry("sslNegotiation", "sslNegotiation"),
          Map.entry("channelBinding", "channelBinding"),
          Map.entry("connectTimeout", "connectTimeout"),
          Map.entry("targetServerType", "targetServerType"),
          Map.entry("kerberosServerName", "kerberosServerName"),
          Map.entry("requireAuth", "requireAuth"));

  /** Known to libpq or pgjdbc, and set by Leat itself or without effect on it. */
  private static final List<String> IGNORED =
      List.of(
          "application_name",
          "ApplicationName",
          "fallback_application_name",
          "client_encoding",
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "tcpKeepAlive",
          "tcp_user_timeout",
          "gssencmode",
          "gssEncMode",
          "replication",
          "socketTimeout",
          "loginTimeout");

  /** What libpq's {@code target_session_attrs} is in pgjdbc's words. */
  private static final Map<String, String> SESSION_KINDS =
      Map.of(
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary",
          "any", "any");

  public PostgresUrl {
    hosts = List.copyOf(hosts);
    parameters = Map.copyOf(parameters);
  }

  /** One server. */
  public record Host(String name, int port) {
    @Override
    public String toString() {
      return (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /**
   * Reads {@code postgres://user:password@host:port,host:port/database?parameter=value}; also with
   * {@code postgresql://} and {@code jdbc:} in front.
   *
   * @throws LeatException that never quotes the text, which may hold a password
   */
  public static PostgresUrl parse(String text) {
    String rest = text.strip();
    if (rest.startsWith("jdbc:")) {
      rest = rest.substring("jdbc:".length());
    }
    if (rest.startsWith("postgresql://")) {
      rest = rest.substring("postgresql://".length());
    } else if (rest.startsWith("postgres://")) {
      rest = rest.substring("postgres://".length());
    } else {
      throw bad("does not begin with postgres://");
    }
    Map<String, String> query = Map.of();
    int question = rest.indexOf('?');
    if (question >= 0) {
      query = query(rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    String database = "";
    // An unescaped slash may stand in a password, never in a database: the last one divides.
    int at = rest.lastIndexOf('@');
    int slash = rest.indexOf('/', at + 1);
    if (slash >= 0) {
      database = decode(rest.substring(slash + 1), "database");
      rest = rest.substring(0, slash);
    }
    String user = "";
    String password = "";
    if (at >= 0) {
      String login = rest.substring(0, at);
      rest = rest.substring(at + 1);
      int colon = login.indexOf(':');
      user = decode(colon < 0 ? login : login.substring(0, colon), "user");
      password = colon < 0 ? "" : decode(login.substring(colon + 1), "password");
    }
    user = query.getOrDefault("user", user);
    password = query.getOrDefault("password", password);
    database = query.getOrDefault("dbname", database);
    if (user.isEmpty()) {
      throw bad("names no user");
    }
    List<Host> hosts =
        hosts(query.containsKey("host") ? query.get("host") : rest, query.get("port"));
    return new PostgresUrl(
        hosts,
        database.isEmpty() ? user : database,
        user,
        password.isEmpty() ? null : new Secret(password),
        parameters(query));
  }

  /** The same with another password. */
  public PostgresUrl withPassword(Secret other) {
    return new PostgresUrl(hosts, database, user, other, parameters);
  }

  /** As pgjdbc wants it, without user, password and parameters. */
  String jdbcUrl() {
    return "jdbc:postgresql://" + hostList() + "/" + encode(database);
  }

  private String hostList() {
    return String.join(",", hosts.stream().map(Host::toString).toList());
  }

  /** For people: without login and parameters. */
  public String describe() {
    return "postgres://" + hostList() + "/" + database;
  }

  @Override
  public String toString() {
    return describe();
  }

  private static List<Host> hosts(@Nullable String text, @Nullable String ports) {
    List<Host> hosts = new ArrayList<>();
    String[] portList = ports == null ? new String[0] : ports.split(",", -1);
    for (String part : (text == null || text.isEmpty() ? "localhost" : text).split(",", -1)) {
      String name = part;
      String port =
          portList.length == 0 ? "" : portList[Math.min(hosts.size(), portList.length - 1)];
      int colon = part.startsWith("[") ? part.indexOf("]:") + 1 : part.indexOf(':');
      if (colon > 0) {
        name = part.substring(0, colon);
        port = part.substring(colon + 1);
      }
      if (name.startsWith("[") && name.endsWith("]")) {
        name = name.substring(1, name.length() - 1);
      }
      name = decode(name, "host");
      if (name.isEmpty() || name.startsWith("/")) {
        throw bad(
            name.isEmpty()
                ? "has an empty host"
                : "names a Unix socket, which the driver cannot use");
      }
      hosts.add(new Host(name, port(port)));
    }
    return hosts;
  }

  private static int port(String text) {
    if (text.isEmpty()) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every bad port.
    }
    throw bad("has a port that is not a number from 1 to 65535");
  }

  private static Map<String, String> query(String text) {
    Map<String, String> result = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw bad("has a parameter without a value");
      }
      result.put(
          decode(pair.substring(0, equals), "parameter"),
          decode(pair.substring(equals + 1), "parameter"));
    }
    return result;
  }

  private static Map<String, String> parameters(Map<String, String> query) {
    Map<String, String> result = new LinkedHashMap<>();
    query.forEach(
        (name, value) -> {
          switch (name) {
            case "user", "password", "host", "port", "dbname" -> {}
            case "ssl" ->
                result.putIfAbsent("sslmode", value.equals("false") ? "prefer" : "verify-full");
            default -> {
              String known = PARAMETERS.get(name);
              if (known != null) {
                result.put(
                    known,
                    known.equals("targetServerType")
                        ? SESSION_KINDS.getOrDefault(value, value)
                        : value);
              } else if (!IGNORED.contains(name)) {
                throw bad(
                    "has the parameter '%s', which is not one of %s"
                        .formatted(name, new TreeSet<>(PARAMETERS.keySet())));
              }
            }
          }
        });
    return result;
  }

  private static String decode(String text, String part) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      // URLDecoder reads forms, where a plus is a space; in a URI it is itself.
      return java.net.URLDecoder.decode(
          text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad(
          "has a %s with a percent sign that is not followed by two hexadecimal digits; a percent sign itself is written %%25"
              .formatted(part));
    }
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  private static LeatException bad(String what) {
    return new LeatException(
        PostgresErrors.URL,
        "The PostgreSQL connection " + what + ".",
        "Write it as postgres://user@host:5432/database?sslmode=require; percent-encode special"
            + " characters in user and password.");
  }
}
