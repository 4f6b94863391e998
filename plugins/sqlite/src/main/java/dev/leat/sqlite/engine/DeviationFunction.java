package dev.leat.sqlite.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.SQLException;
import org.sqlite.Function;

/**
 * The standard deviation of a sample, also over windows: exact sums, so that a value that leaves a
 * window leaves nothing behind.
 */
final class DeviationFunction extends Function.Window {
  private long count;
  private BigDecimal sum = BigDecimal.ZERO;
  private BigDecimal squares = BigDecimal.ZERO;
  private long infinite;

  @Override
  protected void xStep() throws SQLException {
    add(1);
  }

  @Override
  protected void xInverse() throws SQLException {
    add(-1);
  }

  private void add(int sign) throws SQLException {
    if (value_type(0) == 5) {
      return;
    }
    double value = value_double(0);
    count += sign;
    if (!Double.isFinite(value)) {
      infinite += sign;
      return;
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal square = exact.multiply(exact);
    sum = sign > 0 ? sum.add(exact) : sum.subtract(exact);
    squares = sign > 0 ? squares.add(square) : squares.subtract(square);
  }

  @Override
  protected void xValue() throws SQLException {
    if (count < 2 || infinite > 0) {
      result();
      return;
    }
    BigDecimal rows = BigDecimal.valueOf(count);
    BigDecimal spread = squares.multiply(rows).subtract(sum.multiply(sum)).max(BigDecimal.ZERO);
    result(
        spread
            .divide(rows.multiply(rows.subtract(BigDecimal.ONE)), MathContext.DECIMAL128)
            .sqrt(MathContext.DECIMAL64)
            .doubleValue());
  }

  @Override
  protected void xFinal() throws SQLException {
    xValue();
  }
}
