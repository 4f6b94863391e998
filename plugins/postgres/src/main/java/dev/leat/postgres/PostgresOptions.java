package dev.leat.postgres;

import dev.leat.postgres.connect.ConnectOptions;
import dev.leat.postgres.connect.PostgresErrors;
import dev.leat.postgres.connect.PostgresUrl;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The options of a PostgreSQL source.
 *
 * @param url where the server is and who logs in
 * @param publication what the stream publishes
 * @param publicationKept whether Leat makes and changes the publication
 * @param slot the replication slot's name
 * @param copyConnections how many ranges are copied at a time
 * @param textColumns columns to read as text
 * @param connectTimeout how long to wait for the server to answer a connection
 * @param heartbeat how often to see whether log of other tables is held back
 */
record PostgresOptions(
    PostgresUrl url,
    String publication,
    boolean publicationKept,
    String slot,
    int copyConnections,
    Set<String> textColumns,
    Duration connectTimeout,
    Duration heartbeat) {

  /** PostgreSQL's limit for names, in bytes. */
  private static final int LONGEST_NAME = 63;

  static final List<Option> OPTIONS =
      List.of(
          ConnectOptions.CONNECTION,
          ConnectOptions.PASSWORD,
          Option.optional(
              "publication",
              OptionType.STRING,
              "",
              "A publication of yours that holds the tables; by default Leat makes one and keeps it",
              "\"shop_changes\""),
          Option.optional(
              "slot",
              OptionType.STRING,
              "",
              "The replication slot's name; by default made from the flow's and the source's",
              "\"leat_shop\""),
          Option.optional(
              "copy_connections",
              OptionType.INTEGER,
              "4",
              "How many connections copy at a time",
              "4"),
          Option.optional(
              "text_columns",
              OptionType.STRING_LIST,
              "[]",
              "Columns, as schema.table.column, to carry as PostgreSQL writes them",
              "[\"public.orders.total\"]"),
          ConnectOptions.CONNECT_TIMEOUT,
          Option.optional(
              "heartbeat",
              OptionType.DURATION,
              "\"30s\"",
              "How often to see that idle tables do not hold back the log of busy ones",
              "\"1m\""));

  static PostgresOptions of(OpenContext context) {
    OptionValues values = context.options();
    ConnectOptions connect = ConnectOptions.of(values);
    String derived = derivedName(context.replication());
    String publication = values.optional("publication", String.class).orElse("");
    String slot = values.optional("slot", String.class).orElse("");
    if (!slot.matches("[a-z0-9_]{0,63}")) {
      throw new LeatException(
          PostgresErrors.OPTION,
          "The slot '%s' of source %s has a name that PostgreSQL does not take."
              .formatted(slot, context.name()),
          "Use lower-case letters, digits and underscores, at most 63.");
    }
    long connections = values.optional("copy_connections", Long.class).orElse(4L);
    if (connections < 1 || connections > 64) {
      throw new LeatException(
          PostgresErrors.OPTION,
          "copy_connections of source %s is %d.".formatted(context.name(), connections),
          "Give a number from 1 to 64.");
    }
    return new PostgresOptions(
        connect.url(),
        publication.isEmpty() ? derived : publication,
        publication.isEmpty(),
        slot.isEmpty() ? derived : slot,
        (int) connections,
        Set.copyOf(values.strings("text_columns")),
        connect.timeout(),
        values.optional("heartbeat", Duration.class).orElse(Duration.ofSeconds(30)));
  }

  /** Slots take lower-case letters, digits and underscores only. */
  static String derivedName(String replication) {
    String name = "leat_" + replication.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    String hash = Integer.toHexString(replication.hashCode());
    return name.substring(0, LONGEST_NAME - hash.length() - 1) + "_" + hash;
  }
}
