package dev.leat.app.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * What a review platform sends: compressed JSON lines with objects and lists in them; one line that
 * was cut off, ratings in words and times that are none.
 */
final class Reviews {
  private static final String[] TEXTS = {
    "as described",
    "\\\"great\\\"",
    "too late…",
    "würde ich wieder kaufen",
    "ok",
    "broken on arrival"
  };

  private Reviews() {}

  /**
   * The file of a day.
   *
   * @param rows in it, wrong ones included; 20 at least
   * @param products that reviews are about, from 1
   * @param customers who write them, from 1
   * @param wrong rows, at most 3, each in a way of its own
   * @param votes whether reviews say how many found them helpful, which they did not at first
   */
  static Drop of(LocalDate day, int rows, int products, int customers, int wrong, boolean votes)
      throws IOException {
    Random random = new Random(day.toEpochDay());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < rows; i++) {
        int part = rows / (wrong + 1);
        int way = i % part == 0 && i / part <= wrong ? i / part : 0;
        gzip.write(
            line(day, i, random, products, customers, votes, way).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new Drop(
        "reviews",
        "reviews/" + day + "/reviews.jsonl.gz",
        bytes.toByteArray(),
        rows - wrong,
        wrong);
  }

  private static String line(
      LocalDate day,
      int number,
      Random random,
      int products,
      int customers,
      boolean votes,
      int way) {
    int product = 1 + random.nextInt(products);
    // More often good than bad.
    int rating = 5 - (int) Math.min(4, Math.abs(random.nextGaussian() * 1.3));
    String line =
        "{\"id\": \"R%s-%d\", \"rating\": %s, \"written_at\": \"%s\", "
                .formatted(
                    DateTimeFormatter.ofPattern("MMdd", Locale.ROOT).format(day),
                    number,
                    way == 2 ? "\"five\"" : String.valueOf(rating),
                    way == 3 ? "yesterday" : day.atTime(number % 24, random.nextInt(60)) + ":00Z")
            + "\"product\": {\"id\": %d, \"sku\": \"SKU-%d\"}, ".formatted(product, product)
            + "\"author\": {\"customer_id\": %d, \"verified\": %s}, "
                .formatted(1 + random.nextInt(customers), random.nextInt(4) > 0)
            + "\"tags\": [\"%s\"], %s\"body\": \"%s\"}"
                .formatted(
                    rating > 3 ? "fast\", \"fair" : "slow",
                    votes ? "\"helpful\": " + random.nextInt(30) + ", " : "",
                    TEXTS[number % TEXTS.length]);
    return (way == 1 ? line.substring(0, line.length() / 4) : line) + "\n";
  }
}
