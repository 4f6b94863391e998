package dev.leat.sqlite.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.testkit.contract.EngineContract;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineIT extends EngineContract {
  private static final TableId FACT = new TableId("gold", "fact");
  private static final Column ID = column("id", Primitive.INT32);

  @TempDir Path folder;

  @Override
  protected EngineConnector connector() {
    return new SqliteEngineConnector();
  }

  @Override
  protected OptionValues options() {
    return new OptionValues(Map.of("path", file()));
  }

  private Path file() {
    return folder.resolve("data/shop.sqlite");
  }

  @Test
  void keepsDatasetsAsTablesOfTheirWholeName() {
    publish(FACT, new Write.Replace(), List.of(ID), List.of(row(1)));
    engine().run(List.of("CREATE TABLE orders (id INTEGER, note VARCHAR(9), at DATETIME)"));
    assertThat(engine().query("SELECT * FROM \"gold.fact\"", 9).rows())
        .containsExactly(List.of("1"));
    assertThat(engine().tables("main")).containsExactly(new TableId("main", "orders"));
    assertThat(engine().columns(new TableId("main", "orders")).orElseThrow())
        .extracting(Column::type)
        .containsExactly(Primitive.INT64, Primitive.TEXT, Primitive.TEXT);
  }

  @Test
  void replacesATableThatOthersHaveViewsOver() {
    publish(FACT, new Write.Replace(), List.of(ID), List.of(row(1)));
    engine()
        .run(
            List.of(
                "CREATE VIEW theirs AS SELECT id FROM \"gold.fact\"",
                "CREATE VIEW broken AS SELECT id FROM nowhere"));
    Column deleted = column("gone", Primitive.BOOLEAN);
    List<Column> columns = List.of(ID, column("x", Primitive.INT32), deleted);
    publish(FACT, new Write.Replace(), columns, List.of(row(2, 3, null)));
    publish(
        FACT, new Write.Merge(List.of("x"), "gone"), columns.subList(1, 3), List.of(row(4, false)));
    assertThat(rows(FACT)).containsExactly(row(3), row(4));
    publish(FACT, new Write.Replace(), List.of(ID), List.of(row(5)));
    assertThat(engine().query("SELECT * FROM theirs", 9).rows()).containsExactly(List.of("5"));
  }

  @Test
  void refusesValuesThatItCouldNotKeep() {
    refuses(Primitive.FLOAT64, Double.NaN);
    refuses(Primitive.FLOAT32, Float.NaN);
    refuses(Primitive.TEXT, "a\0b");
    refuses(Primitive.DATE, LocalDate.of(10_000, 1, 1));
    refuses(Primitive.DATE, LocalDate.MAX);
    refuses(Primitive.TIMESTAMP_TZ, Instant.MIN);
    refuses(new Decimal(38, 2), new BigDecimal("12345678901234.56"));
    refuses(new ListOf(Primitive.TEXT), List.of("a"));
  }

  private void refuses(LogicalType type, Object value) {
    assertThatThrownBy(() -> load(FACT, List.of(ID, column("c", type)), List.of(row(1, value))))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA))
        .hasMessageContaining("column c");
    assertThat(engine().columns(FACT)).isEmpty();
  }

  @Test
  void refusesToStageWhatIsNotOfItsColumnsType() {
    doesNotStage("9223372036854775807 + 1", Primitive.INT64);
    doesNotStage("40000", Primitive.INT16);
    doesNotStage("'1 May'", Primitive.DATE);
    doesNotStage("'abc'", new Decimal(10, 2));
    doesNotStage("123456789", new Decimal(10, 2));
  }

  private void doesNotStage(String value, LogicalType type) {
    assertThatThrownBy(() -> stage("SELECT " + value + " AS c", List.of(column("c", type))))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA));
    assertThat(engine().columns(FACT)).isEmpty();
  }

  private void stage(String query, List<Column> columns) {
    long unused =
        engine().stage(FACT, new Relation.Scan(FACT), query, columns, Cancellation.never());
  }

  @Test
  void findsTypesOfWhatIsComputedInTheFirstRow() {
    stage("SELECT 1 + 1 AS i, 0.5 AS d, 'x' || 'y' AS t, x'00' AS b, NULL AS n", List.of());
    assertThat(engine().columns(FACT).orElseThrow())
        .extracting(Column::type)
        .containsExactly(
            Primitive.INT64, Primitive.FLOAT64, Primitive.TEXT, Primitive.BINARY, Primitive.TEXT);
  }

  @Test
  void keepsTheOrderOfColumnsWhenATypeChanges() {
    publish(
        FACT, new Write.Replace(), List.of(ID, column("t", Primitive.TEXT)), List.of(row(1, "7")));
    List<Column> after = List.of(ID, column("t", Primitive.INT64));
    publish(FACT, new Write.Merge(List.of("id"), null), after, List.of(row(2, 8L)));
    assertThat(rows(FACT)).containsExactly(row(1, 7L), row(2, 8L));
    publish(FACT, new Write.Append(), List.of(ID, column("t", Primitive.TEXT)), List.of());
    assertThat(rows(FACT)).containsExactly(row(1, "7"), row(2, "8"));
  }

  @Test
  void indexesColumnsAndDropsThem() {
    publish(FACT, new Write.Replace(), List.of(ID, column("x", Primitive.INT32)), List.of());
    List<String> index = dialect().indexStatements(FACT, List.of("x"));
    engine().run(index);
    engine().run(index);
    publish(FACT, new Write.Append(), List.of(ID), List.of(row(1)));
    assertThat(rows(FACT)).containsExactly(row(1));
  }

  @Test
  void doesNotMakeADatabaseOnlyToLook() throws Exception {
    engine().close();
    Files.delete(file());
    assertThatThrownBy(() -> open("shop", Access.READ))
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_MISSING));
    Files.writeString(file(), "something else entirely, which is no database of SQLite's");
    assertThatThrownBy(() -> open("shop", Access.READ))
        .isInstanceOfSatisfying(
            LeatException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFIG));
  }
}
