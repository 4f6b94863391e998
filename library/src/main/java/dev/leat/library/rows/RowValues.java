package dev.leat.library.rows;

import dev.leat.spi.batch.Values;
import dev.leat.spi.schema.LogicalType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Values of columns as Java objects: {@link Boolean}, {@link Short}, {@link Integer}, {@link Long},
 * {@link Float}, {@link Double}, {@link java.math.BigDecimal}, {@link String} for texts and JSON,
 * {@code byte[]}, {@link UUID}, {@link LocalDate}, {@link Duration} since midnight for times (24:00
 * is one), {@link LocalDateTime}, {@link Instant}, {@link org.apache.arrow.vector.PeriodDuration}
 * for intervals, and {@link List}. The infinities of dates and timestamps are {@code MAX} and
 * {@code MIN} of their classes.
 */
public final class RowValues {
  private RowValues() {}

  /** The value at {@code row}; null for NULL. */
  public static @Nullable Object at(LogicalType type, FieldVector vector, int row) {
    return Values.at(type, vector, row);
  }
}
