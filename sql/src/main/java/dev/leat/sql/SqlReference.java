package dev.leat.sql;

import static java.util.stream.Collectors.joining;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions of portable SQL as a page; which engine has which is asked of its dialect. */
public final class SqlReference {
  private static final TableId SAMPLE = new TableId("sample", "items");
  private static final List<Column> COLUMNS =
      List.of(
          column("i", Primitive.INT32),
          column("n", new Decimal(10, 2)),
          column("x", Primitive.FLOAT64),
          column("s", Primitive.TEXT),
          column("b", Primitive.BOOLEAN),
          column("d", Primitive.DATE),
          column("t", Primitive.TIMESTAMP),
          column("z", Primitive.TIMESTAMP_TZ));

  private SqlReference() {}

  private static Column column(String name, LogicalType type) {
    return new Column(name, type, true, type.toString());
  }

  /** The lines of a table in Markdown, with a column for each dialect, by name. */
  public static List<String> markdown(List<Dialect> dialects) {
    List<String> lines = new ArrayList<>();
    String names = dialects.stream().map(Dialect::name).collect(joining(" | "));
    lines.add("| function | what it means | " + names + " |");
    lines.add("| --- | --- |" + " --- |".repeat(dialects.size()));
    for (SqlExample example : SqlExample.ALL) {
      String support =
          dialects.stream().map(dialect -> support(example, dialect)).collect(joining(" | "));
      lines.add(
          "| `"
              + example.form().replace("|", "\\|")
              + "` | "
              + example.meaning()
              + " | "
              + support
              + " |");
    }
    return lines;
  }

  /** Yes, no, or for what not. */
  private static String support(SqlExample example, Dialect dialect) {
    List<String> missing =
        example.samples().stream().filter(sample -> !compiles(sample, dialect)).toList();
    if (missing.isEmpty()) {
      return "yes";
    }
    return missing.size() == example.samples().size()
        ? "no"
        : missing.stream()
            .map(sample -> "`" + sample.replace("|", "\\|") + "`")
            .collect(joining(", ", "not ", ""));
  }

  private static boolean compiles(String sample, Dialect dialect) {
    SqlCompiler compiler = new SqlCompiler(dialect, new Sample(), table -> table, Instant.EPOCH);
    try {
      CompiledQuery unused =
          compiler.compile(new Relation.Sql("SELECT " + sample + " AS v FROM " + SAMPLE));
      return true;
    } catch (LeatException e) {
      if (e.code().name().equals("SQL_FUNCTION_UNSUPPORTED")) {
        return false;
      }
      throw e;
    }
  }

  private static final class Sample implements Catalog {
    @Override
    public Optional<List<Column>> columns(TableId dataset) {
      return Stream.of(SAMPLE).filter(dataset::equals).map(_ -> COLUMNS).findFirst();
    }

    @Override
    public List<TableId> names() {
      return List.of(SAMPLE);
    }
  }
}
