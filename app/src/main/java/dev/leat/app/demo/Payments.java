package dev.leat.app.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What a payment provider sends: CSV as a German spreadsheet writes it, with text in quotes that
 * has delimiters and line ends in it, and some rows that are wrong.
 */
final class Payments {
  private static final Charset ENCODING = Charset.forName("windows-1252");
  private static final String[] METHODS = {"Card", "PayPal", "Invoice", "Transfer"};
  private static final String[] NOTES = {
    "", "", "", "Müller; Söhne", "", "said \"thank you\"", "", "two\r\nlines", "", "", "10 €"
  };

  private Payments() {}

  /**
   * The file of a day.
   *
   * @param paid what it is about
   * @param wrong one row in so many parts of the file is wrong, each in a way of its own: a text
   *     for an amount, a day that no month has, a delimiter in a text without quotes, a currency
   *     behind an amount; 0 if none is
   */
  static Drop of(LocalDate day, List<PaidOrder> paid, int wrong) {
    StringBuilder csv =
        new StringBuilder("payment_id;order_id;customer_id;paid_by;amount;paid_on;note\r\n");
    for (int i = 0; i < paid.size(); i++) {
      append(csv, day, paid.get(i), wrong(i, paid.size(), wrong));
    }
    return new Drop(
        "payments",
        "payments/payments_" + day + ".csv",
        csv.toString().getBytes(ENCODING),
        paid.size() - wrong,
        wrong);
  }

  /** What the orders come to that are in wrong rows. */
  static BigDecimal wrong(List<PaidOrder> paid, int wrong) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < paid.size(); i++) {
      if (wrong(i, paid.size(), wrong) >= 0) {
        sum = sum.add(amount(paid.get(i)));
      }
    }
    return sum;
  }

  /** Which wrong row of the file it is, from 0; -1 if it is none. */
  private static int wrong(int row, int rows, int wrong) {
    for (int i = 0; i < wrong; i++) {
      if (row == (i + 1) * rows / (wrong + 1)) {
        return i;
      }
    }
    return -1;
  }

  /** What was paid for an order: one in 40 pays a half. */
  static BigDecimal amount(PaidOrder order) {
    return order.id() % 40 == 1
        ? order.amount().divide(BigDecimal.TWO, 2, RoundingMode.HALF_UP)
        : order.amount();
  }

  private static void append(StringBuilder csv, LocalDate day, PaidOrder order, int wrong) {
    String amount = String.format(Locale.GERMANY, "%.2f", amount(order));
    String date = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT).format(day);
    String note = NOTES[(int) (order.id() % NOTES.length)];
    csv.append("P-").append(order.id()).append(';');
    csv.append(order.id()).append(';').append(order.customer()).append(';');
    csv.append(METHODS[(int) (order.id() % METHODS.length)]).append(';');
    csv.append(wrong == 0 ? "pending" : wrong == 3 ? amount + " EUR" : amount).append(';');
    csv.append(wrong == 1 ? "31.06.2026" : date).append(';');
    csv.append(wrong == 2 ? "first half; rest follows" : quoted(note)).append("\r\n");
  }

  private static String quoted(String text) {
    return text.matches("[\\w €]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
