package dev.leat.sql;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A query in portable SQL made of parts that people wrote and of what is between them. What people
 * wrote stands on lines of its own, so that a place in the whole is a place in one of the parts.
 */
final class Script {
  private final StringBuilder text = new StringBuilder();
  private final List<Lines> written = new ArrayList<>();
  private final List<Restriction> restrictions = new ArrayList<>();
  private int line = 1;

  private record Lines(int first, int last, Words words) {}

  /** From its line on, until its last line, a dataset is read by another name. */
  record Restriction(int first, int last, TableId table, String name) {}

  String text() {
    return text.toString();
  }

  /** The same so far, to go on with apart. */
  Script copy() {
    Script copy = new Script();
    copy.text.append(text);
    copy.written.addAll(written);
    copy.restrictions.addAll(restrictions);
    copy.line = line;
    return copy;
  }

  int line() {
    return line;
  }

  Script add(String generated) {
    text.append(generated);
    for (int i = generated.indexOf('\n'); i >= 0; i = generated.indexOf('\n', i + 1)) {
      line++;
    }
    return this;
  }

  /** What a person wrote: an expression or a query. */
  Script written(String part) {
    add("\n");
    int first = line;
    Words words = Words.of(part);
    add(words.text());
    written.add(new Lines(first, line, words));
    return add("\n");
  }

  void restrict(int first, TableId table, String name) {
    restrictions.add(0, new Restriction(first, line, table, name));
  }

  /** By what name to read a dataset at a line; null if by its own. */
  @Nullable String replacement(int at, TableId table) {
    if (restrictions.isEmpty()) {
      return null;
    }
    return restrictions.reversed().stream()
        .filter(
            each ->
                each.first() <= at
                    && at < each.last()
                    && each.table().schema().equalsIgnoreCase(table.schema())
                    && each.table().table().equalsIgnoreCase(table.table()))
        .map(Restriction::name)
        .findFirst()
        .orElse(null);
  }

  /** As an error that knows the place in what a person wrote. */
  LeatException error(Problem problem) {
    SqlParserPos at = problem.position();
    for (Lines lines : written) {
      if (lines.first <= at.getLineNum() && at.getLineNum() <= lines.last) {
        int own = at.getLineNum() - lines.first + 1;
        return error(problem, own + ":" + lines.words.column(own, at.getColumnNum()));
      }
    }
    return error(problem, "1:1");
  }

  static LeatException error(Problem problem, String place) {
    return new LeatException(problem.code(), problem.message(), problem.fix(), problem)
        .with("sql", place);
  }

  /** Of a part that was parsed alone. */
  static LeatException error(Problem problem, Words words) {
    SqlParserPos at = problem.position();
    int line = Math.max(1, at.getLineNum());
    return error(problem, line + ":" + words.column(line, Math.max(1, at.getColumnNum())));
  }
}
