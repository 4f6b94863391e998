package dev.leat.postgres.types;

/** From PostgreSQL's epoch, 2000-01-01, to 1970-01-01. */
final class Dates {
  private static final int EPOCH_DAYS = 10_957;
  private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
  private static final long NANOS_PER_MICRO = 1_000;

  static final int INFINITE_DAYS = Integer.MAX_VALUE;
  static final long INFINITE_MICROS = Long.MAX_VALUE;

  /** 4714-11-24 BC, the first day that PostgreSQL has. */
  private static final int FIRST_DAY = -2_440_588;

  private static final long FIRST_MICROS = FIRST_DAY * 86_400_000_000L;

  /** 5874897-12-31. */
  private static final int LAST_DAY = 2_145_042_905;

  private Dates() {}

  static int days(int since2000) {
    return switch (since2000) {
      case Integer.MAX_VALUE -> INFINITE_DAYS;
      case Integer.MIN_VALUE -> -INFINITE_DAYS;
      default -> since2000 + EPOCH_DAYS;
    };
  }

  static long micros(long since2000, ValueErrors errors) {
    if (since2000 == Long.MAX_VALUE) {
      return INFINITE_MICROS;
    }
    if (since2000 == Long.MIN_VALUE) {
      return -INFINITE_MICROS;
    }
    long micros = since2000 + EPOCH_MICROS;
    if (micros < since2000 || micros == INFINITE_MICROS) {
      throw tooLate(errors);
    }
    return micros;
  }

  static dev.leat.spi.error.LeatException tooLate(ValueErrors errors) {
    return errors.unrepresentable(
        "later than 294247-01-10, the last day in 64 bits of microseconds");
  }

  static long nanos(long micros, ValueErrors errors) {
    long nanos = micros * NANOS_PER_MICRO;
    if (nanos / NANOS_PER_MICRO != micros) {
      throw errors.unrepresentable(
          "an interval of infinite length or of more than 292 years in hours");
    }
    return nanos;
  }

  static int daysSince2000(int days, ValueErrors errors) {
    if (days == INFINITE_DAYS) {
      return Integer.MAX_VALUE;
    }
    if (days == -INFINITE_DAYS) {
      return Integer.MIN_VALUE;
    }
    if (days < FIRST_DAY || days > LAST_DAY) {
      throw errors.unrepresentable("a day before 4714-11-24 BC or after 5874897-12-31");
    }
    return days - EPOCH_DAYS;
  }

  static long microsSince2000(long micros, ValueErrors errors) {
    if (micros == INFINITE_MICROS) {
      return Long.MAX_VALUE;
    }
    if (micros == -INFINITE_MICROS) {
      return Long.MIN_VALUE;
    }
    if (micros < FIRST_MICROS) {
      throw errors.unrepresentable("earlier than 4714-11-24 BC");
    }
    return micros - EPOCH_MICROS;
  }

  static long wholeMicros(long nanos, ValueErrors errors) {
    if (nanos % NANOS_PER_MICRO != 0) {
      throw errors.unrepresentable("an interval finer than microseconds");
    }
    return nanos / NANOS_PER_MICRO;
  }
}
