package dev.leat.spi.plugin;

import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import java.util.List;

/** Makes destinations of one system. */
public interface DestinationConnector {

  /**
   * The keys this system understands in {@code [destination.NAME]}, besides those that every
   * destination has.
   */
  List<Option> options();

  /**
   * Opens and connects.
   *
   * @param access whether to make what does not exist and write, or only look
   * @throws dev.leat.spi.error.LeatException with code {@link
   *     dev.leat.spi.error.ErrorCode#DESTINATION_MISSING} if it is only to be looked at and is not
   *     there
   */
  Destination open(OpenContext context, Access access);

  /** The destination's name of a type, for people. */
  String typeName(LogicalType type);

  /**
   * The statements that make a table, for people to read before it happens; the very ones that
   * {@link Destination#startCopy} runs. Empty for a destination without statements.
   */
  List<String> statements(TableTarget target);

  /**
   * The query, for the destination's {@link Destination#queries()}, that answers a request about a
   * table.
   *
   * @param columns those to compare, in order
   */
  String hashQuery(TableTarget target, List<Column> columns, HashRequest request);

  /** What a destination is opened for. */
  enum Access {
    WRITE,
    /** The destination has to exist already. */
    READ
  }
}
