package dev.leat.postgres.types;

import dev.leat.spi.batch.FixedColumnWriter;

/** Intervals in the style "postgres": {@code 1 year 2 mons -3 days -04:05:06.7}. */
final class IntervalText {
  private static final int MONTHS_PER_YEAR = 12;

  private IntervalText() {}

  static void append(String text, ValueErrors errors, FixedColumnWriter out) {
    if (text.endsWith("infinity")) {
      throw errors.unrepresentable("an interval of infinite length");
    }
    int months = 0;
    int days = 0;
    long micros = 0;
    String[] words = text.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (word.indexOf(':') >= 0) {
        boolean negative = word.startsWith("-");
        boolean signed = negative || word.startsWith("+");
        long time = DateTimeText.timeMicros(signed ? word.substring(1) : word);
        micros = negative ? -time : time;
        continue;
      }
      int count = Integer.parseInt(word);
      String unit = words[++i];
      if (unit.startsWith("year")) {
        months += count * MONTHS_PER_YEAR;
      } else if (unit.startsWith("mon")) {
        months += count;
      } else if (unit.startsWith("day")) {
        days += count;
      } else {
        throw new IllegalArgumentException("unit");
      }
    }
    out.appendInterval(months, days, Dates.nanos(micros, errors));
  }
}
