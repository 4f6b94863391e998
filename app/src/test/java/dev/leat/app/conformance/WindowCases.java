package dev.leat.app.conformance;

import static dev.leat.app.conformance.FunctionCase.gives;
import static dev.leat.spi.sql.PortableFunction.DENSE_RANK;
import static dev.leat.spi.sql.PortableFunction.FIRST_VALUE;
import static dev.leat.spi.sql.PortableFunction.LAG;
import static dev.leat.spi.sql.PortableFunction.LAST_VALUE;
import static dev.leat.spi.sql.PortableFunction.LEAD;
import static dev.leat.spi.sql.PortableFunction.NTILE;
import static dev.leat.spi.sql.PortableFunction.RANK;
import static dev.leat.spi.sql.PortableFunction.ROW_NUMBER;

import dev.leat.spi.sql.PortableFunction;
import java.util.List;

/** Window functions over {@code t.numbers}; their values, by {@code i} with NULL last. */
final class WindowCases {
  private WindowCases() {}

  static List<FunctionCase> all() {
    return List.of(
        of(ROW_NUMBER, "ROW_NUMBER() OVER (ORDER BY i DESC)", "3 2 1 4"),
        of(ROW_NUMBER, "ROW_NUMBER() OVER (PARTITION BY t ORDER BY i)", "1 1 2 1"),
        of(RANK, "RANK() OVER (ORDER BY t)", "2 1 2 4"),
        of(RANK, "RANK() OVER (ORDER BY t DESC)", "1 3 1 4"),
        of(DENSE_RANK, "DENSE_RANK() OVER (ORDER BY t)", "2 1 2 3"),
        of(NTILE, "NTILE(2) OVER (ORDER BY i)", "1 1 2 2"),
        of(NTILE, "NTILE(3) OVER (ORDER BY i)", "1 1 2 3"),
        of(LAG, "LAG(i) OVER (ORDER BY i)", "- 10 20 30"),
        of(LAG, "LAG(i, 2, 0) OVER (ORDER BY i)", "0 0 10 20"),
        of(LAG, "LAG(i, 1) OVER (PARTITION BY t ORDER BY i)", "- - 10 -"),
        of(LEAD, "LEAD(i) OVER (ORDER BY i)", "20 30 - -"),
        of(LEAD, "LEAD(i, 1, -1) OVER (ORDER BY i DESC)", "- 10 20 -1"),
        of(FIRST_VALUE, "FIRST_VALUE(i) OVER (ORDER BY i DESC)", "30 30 30 30"),
        of(FIRST_VALUE, "FIRST_VALUE(i) OVER (PARTITION BY t ORDER BY i)", "10 20 10 -"),
        of(
            LAST_VALUE,
            "LAST_VALUE(i) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)",
            "20 30 - -"),
        of(LAST_VALUE, "LAST_VALUE(i) OVER (ORDER BY i)", "10 20 30 -"));
  }

  private static FunctionCase of(PortableFunction function, String window, String expected) {
    return gives(
        function,
        "(SELECT STRING_AGG(COALESCE(CAST(v AS TEXT), '-'), ' ' ORDER BY i) FROM (SELECT i, "
            + window
            + " AS v FROM t.numbers) w)",
        expected);
  }
}
