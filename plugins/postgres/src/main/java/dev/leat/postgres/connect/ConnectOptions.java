package dev.leat.postgres.connect;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * The options about connecting, which everything that connects has.
 *
 * @param url where the server is and who logs in
 * @param timeout how long to wait for the server to answer a connection
 */
public record ConnectOptions(PostgresUrl url, Duration timeout) {
  public static final Option CONNECTION =
      Option.required(
          "connection",
          OptionType.CONNECTION,
          "The server and who logs in, as a URL; parameters such as sslmode are libpq's",
          "\"env:SHOP_URL\"");

  public static final Option PASSWORD =
      Option.optional(
          "password",
          OptionType.SECRET,
          "",
          "The password, where the connection has none",
          "\"env:SHOP_PASSWORD\"");

  public static final Option CONNECT_TIMEOUT =
      Option.optional(
          "connect_timeout",
          OptionType.DURATION,
          "\"10s\"",
          "How long to wait for the server to take a connection",
          "\"30s\"");

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  public static ConnectOptions of(OptionValues values) {
    PostgresUrl url = PostgresUrl.parse(values.secret("connection").reveal());
    Optional<Secret> password = values.optional("password", Secret.class);
    return new ConnectOptions(
        password.isPresent() ? url.withPassword(password.get()) : url,
        values.optional("connect_timeout", Duration.class).orElse(DEFAULT_TIMEOUT));
  }
}
