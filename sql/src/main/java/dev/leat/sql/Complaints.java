package dev.leat.sql;

import dev.leat.spi.error.Spelling;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A validator's complaints in plain words. */
final class Complaints {
  private static final Pattern COLUMN =
      Pattern.compile("Column '(.*?)' not found in (?:any table|table '.*')");
  private static final Pattern TABLE = Pattern.compile("Table '(.*?)' not found");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.*?)' is ambiguous");
  private static final Pattern NOT_GROUPED =
      Pattern.compile("Expression '(.*?)' is not being grouped", Pattern.DOTALL);
  private static final Pattern TYPES =
      Pattern.compile(
          "Type mismatch in column (\\d+) of (.*)|Illegal mixing of types.*|Values passed to .*"
              + "|Values in expression list .*|.*must be a boolean.*|.*must be boolean.*"
              + "|WHERE clause must be a condition.*|(?:ON|HAVING) clause must be a condition.*");

  private Complaints() {}

  static Problem of(CalciteContextException e, Set<TableId> tables, Datasets datasets) {
    SqlParserPos at =
        new SqlParserPos(e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn());
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof Problem problem) {
      return problem;
    }
    String message = Parsing.firstLine(String.valueOf(cause.getMessage()));
    Matcher column = COLUMN.matcher(message);
    if (column.find()) {
      return unknownColumn(at, column.group(1), tables, datasets);
    }
    Matcher table = TABLE.matcher(message);
    if (table.find()) {
      return new Problem(
          "SQL_UNKNOWN_TABLE",
          at,
          "Nothing in FROM is called " + table.group(1),
          "Use the name that stands behind AS, or the last part of the dataset's name.");
    }
    Matcher ambiguous = AMBIGUOUS.matcher(message);
    if (ambiguous.find()) {
      return new Problem(
          "SQL_AMBIGUOUS_COLUMN",
          at,
          "More than one table has a column " + ambiguous.group(1),
          "Write the table's name and a dot before it.");
    }
    Matcher grouped = NOT_GROUPED.matcher(String.valueOf(cause.getMessage()));
    if (grouped.find()) {
      return new Problem(
          "SQL_NOT_GROUPED",
          at,
          grouped.group(1).replace("`", "") + " has many values in a group",
          "Put it into GROUP BY, or into an aggregate such as MAX(…).");
    }
    if (TYPES.matcher(message).find()) {
      return Problem.type(at, message, "Convert what does not fit with CAST(… AS type).");
    }
    return new Problem("SQL_INVALID", at, message, "Change the query there.");
  }

  static Problem of(CalciteException e) {
    return e.getCause() instanceof Problem problem
        ? problem
        : new Problem(
            "SQL_INVALID",
            SqlParserPos.ZERO,
            Parsing.firstLine(String.valueOf(e.getMessage())),
            "Change the query.");
  }

  private static Problem unknownColumn(
      SqlParserPos at, String name, Set<TableId> tables, Datasets datasets) {
    List<String> candidates = new ArrayList<>();
    for (TableId table : tables) {
      for (Column column : datasets.columns(table).orElse(List.of())) {
        candidates.add(column.name());
      }
    }
    return new Problem(
        "SQL_UNKNOWN_COLUMN",
        at,
        "There is no column " + name + " here",
        Spelling.closest(name, candidates)
            .map(similar -> "Did you mean " + similar + "?")
            .orElse("Look at the columns of what stands in FROM."));
  }
}
