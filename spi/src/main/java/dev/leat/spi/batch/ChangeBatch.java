package dev.leat.spi.batch;

import dev.leat.spi.Position;
import dev.leat.spi.schema.TableSchema;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one table in order, columnar. Whoever receives a batch closes it. All vectors have
 * {@link #rows()} entries.
 *
 * <p>In {@link BatchMode#EVERY_CHANGE}, and for tables without a key, every row is a change.
 * Otherwise {@link #effects()} tells the rows that count, at most one of them per key, so they may
 * be applied in any order: first delete what they replace, then insert those present.
 *
 * <p>An <em>absent</em> value is one that the source did not send because it did not change (in
 * PostgreSQL, an unchanged TOASTed value). It is not NULL: the destination keeps what it has. The
 * row to keep it from has the same key, or, where the change also gave the row another key, the key
 * that {@link #movedFrom()} holds.
 *
 * @param schema the shape of the rows
 * @param mode which changes the batch holds
 * @param rows the number of rows, those without effect included
 * @param bytes the size of the values
 * @param overlapping rows of the batch may be at the destination already in an older or newer
 *     version, because the copy overlaps the stream here; where it is false, a present row with
 *     absent values that the destination lacks is an error
 * @param truncated the table was emptied before the rows of this batch (in {@link
 *     BatchMode#EVERY_CHANGE} truncates are rows instead)
 * @param values one vector per column, in order; a DELETE has its key columns and, where the source
 *     gives it, the whole old row
 * @param operations {@link Operation#code()} per row
 * @param effects bits of {@link Effect} per row; null where every row is a change
 * @param sequences {@link dev.leat.spi.Position#sequence()} per row; 64 bits unsigned
 * @param ordinals {@link dev.leat.spi.Position#ordinal()} per row
 * @param committedAt microseconds since 1970-01-01 UTC of the commit at the source, per row
 * @param absent per column the rows whose value is absent; null for a column without any
 * @param movedFrom per key column the key that the row had before, where absent values have to be
 *     kept from there; NULL in other rows; null where no row has any
 */
public record ChangeBatch(
    TableSchema schema,
    BatchMode mode,
    int rows,
    long bytes,
    boolean overlapping,
    boolean truncated,
    List<FieldVector> values,
    TinyIntVector operations,
    @Nullable TinyIntVector effects,
    BigIntVector sequences,
    BigIntVector ordinals,
    BigIntVector committedAt,
    List<@Nullable BitVector> absent,
    @Nullable List<FieldVector> movedFrom)
    implements AutoCloseable {

  /**
   * Rows to be put over whatever the destination has under their keys; becomes the owner of the
   * rows.
   *
   * @param mode not {@link BatchMode#EVERY_CHANGE}
   */
  public static ChangeBatch replacing(
      RowBatch rows, BatchMode mode, BufferAllocator allocator, Position at) {
    int count = rows.rows();
    TinyIntVector operations = new TinyIntVector("_leat_op", allocator);
    TinyIntVector effects = new TinyIntVector("_leat_effect", allocator);
    BigIntVector sequences = new BigIntVector("_leat_sequence", allocator);
    BigIntVector ordinals = new BigIntVector("_leat_ordinal", allocator);
    BigIntVector committedAt = new BigIntVector("_leat_committed", allocator);
    for (int row = 0; row < count; row++) {
      operations.setSafe(row, Operation.UPDATE.code());
      effects.setSafe(row, Effect.PRESENT | Effect.REPLACES);
      sequences.setSafe(row, at.sequence());
      ordinals.setSafe(row, at.ordinal());
      committedAt.setSafe(row, 0);
    }
    for (FieldVector vector : List.of(operations, effects, sequences, ordinals, committedAt)) {
      vector.setValueCount(count);
    }
    return new ChangeBatch(
        rows.schema(),
        mode,
        count,
        rows.bytes(),
        true,
        false,
        rows.root().getFieldVectors(),
        operations,
        effects,
        sequences,
        ordinals,
        committedAt,
        Collections.nCopies(rows.schema().columns().size(), null),
        null);
  }

  public boolean hasAbsent() {
    return absent.stream().anyMatch(flags -> flags != null);
  }

  @Override
  public void close() {
    values.forEach(FieldVector::close);
    operations.close();
    if (effects != null) {
      effects.close();
    }
    sequences.close();
    ordinals.close();
    committedAt.close();
    for (BitVector flags : absent) {
      if (flags != null) {
        flags.close();
      }
    }
    if (movedFrom != null) {
      movedFrom.forEach(FieldVector::close);
    }
  }
}
