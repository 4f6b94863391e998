package dev.leat.postgres.wire;

import dev.leat.postgres.types.ColumnCodec;
import dev.leat.postgres.types.TableCodec;
import dev.leat.spi.Position;
import dev.leat.spi.batch.ChangeBatchBuilder;
import dev.leat.spi.batch.Operation;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.TableFeed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the rows of one table, as a Relation message has described it, into its feed's batches. */
final class StreamedTable {
  private static final ErrorCode FORMAT =
      new ErrorCode("PG_STREAM_FORMAT", ErrorCategory.TRANSIENT);

  final Relation relation;
  final TableSchema schema;
  private final TableCodec codec;
  private final @Nullable TableFeed feed;
  private final boolean[] inKey;

  StreamedTable(Relation relation, TableCodec codec, @Nullable TableFeed feed) {
    this.relation = relation;
    this.codec = codec;
    this.feed = feed;
    this.schema = codec.schema();
    this.inKey = new boolean[schema.columns().size()];
    for (int index : schema.key()) {
      inKey[index] = true;
    }
  }

  /** A table whose changes nobody wants, or can have. */
  static StreamedTable unwanted(Relation relation) {
    TableSchema nothing =
        new TableSchema(
            new TableId(relation.schema(), relation.name()),
            List.of(),
            List.of(),
            RowIdentity.NONE);
    return new StreamedTable(relation, new TableCodec(nothing, List.of()), null);
  }

  /** Where a change is in the stream. */
  static final class Place {
    long sequence;
    long ordinal;
    long committedMicros;
  }

  void insert(byte[] buffer, Tuple row, Place place) {
    place.ordinal++;
    ChangeBatchBuilder builder = begin(place);
    if (builder != null && feed != null) {
      checkWidth(row);
      try {
        builder.startRow(
            Operation.INSERT, place.sequence, place.ordinal - 1, place.committedMicros);
        values(builder, buffer, row, null, false);
        builder.endRow();
        feed.added();
      } catch (LeatException e) {
        fail(builder, e, place);
      }
    }
  }

  /**
   * @param old the old row or its key; null if the key stayed the same
   * @param whole whether {@code old} has all columns
   */
  void update(byte[] buffer, @Nullable Tuple old, boolean whole, Tuple row, Place place) {
    // Depends on nothing but the message: places stay the same when it is sent again.
    place.ordinal += old != null ? 2 : 1;
    ChangeBatchBuilder builder = begin(place);
    if (builder != null && feed != null) {
      checkWidth(row);
      if (old != null) {
        checkWidth(old);
      }
      boolean moved = old != null && moved(buffer, old, row);
      try {
        if (moved && old != null) {
          delete(builder, buffer, old, whole, place, place.ordinal - 2);
        }
        builder.startRow(
            Operation.UPDATE, place.sequence, place.ordinal - 1, place.committedMicros);
        values(builder, buffer, row, old, whole);
        if (moved) {
          builder.moved();
        }
        builder.endRow();
        feed.added();
      } catch (LeatException e) {
        fail(builder, e, place);
      }
    }
  }

  /** Whether the row after the change is another one by what tells rows apart. */
  private boolean moved(byte[] buffer, Tuple old, Tuple row) {
    if (schema.identity() != RowIdentity.KEY) {
      return true;
    }
    for (int index : schema.key()) {
      if (row.kind(index) != Tuple.UNCHANGED && !old.same(row, index, buffer)) {
        return true;
      }
    }
    return false;
  }

  void delete(byte[] buffer, Tuple old, boolean whole, Place place) {
    place.ordinal++;
    ChangeBatchBuilder builder = begin(place);
    if (builder != null && feed != null) {
      checkWidth(old);
      try {
        delete(builder, buffer, old, whole, place, place.ordinal - 1);
        feed.added();
      } catch (LeatException e) {
        fail(builder, e, place);
      }
    }
  }

  private void delete(
      ChangeBatchBuilder builder,
      byte[] buffer,
      Tuple old,
      boolean whole,
      Place place,
      long ordinal) {
    builder.startRow(Operation.DELETE, place.sequence, ordinal, place.committedMicros);
    for (int i = 0; i < inKey.length; i++) {
      if (whole || inKey[i]) {
        value(builder, i, buffer, old, i);
      } else {
        builder.absent(i);
      }
    }
    builder.endRow();
  }

  void truncate(Place place) {
    place.ordinal++;
    ChangeBatchBuilder builder = begin(place);
    if (builder != null && feed != null) {
      builder.truncate(place.sequence, place.ordinal - 1, place.committedMicros);
      feed.added();
    }
  }

  private @Nullable ChangeBatchBuilder begin(Place place) {
    return feed == null ? null : feed.next(place.sequence, place.ordinal - 1);
  }

  private void checkWidth(Tuple row) {
    if (row.columns() != inKey.length) {
      throw WireErrors.malformed(
          "A row of %s came with %d values instead of %d."
              .formatted(schema.table(), row.columns(), inKey.length));
    }
  }

  private void fail(ChangeBatchBuilder builder, LeatException e, Place place) {
    if (!e.category().stopsOnlyItsTable() || feed == null) {
      throw e;
    }
    builder.abandonRow();
    feed.fail(e.with("position", new Position(place.sequence, place.ordinal - 1)));
  }

  void fail(LeatException e) {
    if (feed != null) {
      feed.fail(e);
    }
  }

  /** Unchanged values are taken from the old row where it has them. */
  private void values(
      ChangeBatchBuilder builder, byte[] buffer, Tuple row, @Nullable Tuple old, boolean whole) {
    for (int i = 0; i < inKey.length; i++) {
      if (row.kind(i) != Tuple.UNCHANGED) {
        value(builder, i, buffer, row, i);
      } else if (old != null && (whole || inKey[i]) && old.kind(i) != Tuple.UNCHANGED) {
        value(builder, i, buffer, old, i);
      } else {
        builder.absent(i);
      }
    }
  }

  private void value(ChangeBatchBuilder builder, int column, byte[] buffer, Tuple row, int index) {
    ColumnCodec cell = codec.column(column);
    switch (row.kind(index)) {
      case Tuple.NULL -> builder.column(column).appendNull();
      case Tuple.UNCHANGED -> builder.absent(column);
      case Tuple.TEXT ->
          cell.text().decode(buffer, row.offset(index), row.length(index), builder.column(column));
      case Tuple.BINARY -> {
        if (!cell.readsBinary()) {
          throw new LeatException(
              FORMAT,
              "%s has got a column whose type can only be streamed as text."
                  .formatted(schema.table()),
              "The stream is opened again, as text.");
        }
        cell.binary().decode(buffer, row.offset(index), row.length(index), builder.column(column));
      }
      default ->
          throw WireErrors.malformed(
              "A value of %s came in the unknown form %d."
                  .formatted(schema.table(), row.kind(index)));
    }
  }
}
