package dev.leat.app.demo;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who sends files about the shop: two days' at first, then those of the third and a corrected one.
 * The same again for the same shop.
 */
final class Partners {
  private static final LocalDate FIRST = LocalDate.of(2026, 6, 30);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate THIRD = FIRST.plusDays(2);
  private static final int WRONG_PAYMENTS = 4;
  private static final int LEAST_REVIEWS = 300;

  private final List<PaidOrder> orders;
  private final Shop shop;
  private final Path scratch;
  private final Map<String, Drop> sent = new LinkedHashMap<>();

  /**
   * @param orders those that were paid
   * @param scratch a folder for files that are removed
   */
  Partners(List<PaidOrder> orders, Shop shop, Path scratch) {
    this.orders = orders;
    this.shop = shop;
    this.scratch = scratch;
  }

  /** What comes before the flow runs first. */
  List<Drop> before() throws IOException, SQLException {
    return sent(
        List.of(
            Payments.of(FIRST, part(FIRST), WRONG_PAYMENTS),
            Payments.of(SECOND, part(SECOND), WRONG_PAYMENTS),
            reviews(FIRST, 3, false),
            reviews(SECOND, 0, false),
            shipments(FIRST),
            shipments(SECOND).cut()));
  }

  /**
   * What comes between its two runs: a day's files, and two of the day before as they should be.
   */
  List<Drop> after() throws IOException, SQLException {
    return sent(
        List.of(
            Payments.of(SECOND, part(SECOND), 0),
            Payments.of(THIRD, part(THIRD), 2),
            reviews(THIRD, 1, true),
            shipments(SECOND),
            shipments(THIRD)));
  }

  /** Every file as it was sent last. */
  List<Drop> sent() {
    return List.copyOf(sent.values());
  }

  /** The rows that can be loaded of a source's files. */
  long good(String source) {
    return sent().stream().filter(drop -> drop.source().equals(source)).mapToLong(Drop::good).sum();
  }

  /** What the payments that can be loaded come to. */
  BigDecimal paid() {
    return orders.stream()
        .map(Payments::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .subtract(Payments.wrong(part(FIRST), WRONG_PAYMENTS))
        .subtract(Payments.wrong(part(THIRD), 2));
  }

  private List<Drop> sent(List<Drop> drops) {
    drops.forEach(drop -> sent.put(drop.name(), drop));
    return drops;
  }

  private Drop reviews(LocalDate day, int wrong, boolean votes) throws IOException {
    int rows = Math.max(LEAST_REVIEWS, shop.orders() / 20);
    return Reviews.of(day, rows, shop.products(), shop.customers(), wrong, votes);
  }

  private Drop shipments(LocalDate day) throws IOException, SQLException {
    return Shipments.of(day, part(day).stream().filter(PaidOrder::sent).toList(), scratch);
  }

  /** The orders that a day's files are about: most, some, a few. */
  private List<PaidOrder> part(LocalDate day) {
    int first = orders.size() * 6 / 10;
    int second = orders.size() * 9 / 10;
    List<PaidOrder> part =
        day.equals(FIRST)
            ? orders.subList(0, first)
            : day.equals(SECOND)
                ? orders.subList(first, second)
                : orders.subList(second, orders.size());
    return new ArrayList<>(part);
  }
}
