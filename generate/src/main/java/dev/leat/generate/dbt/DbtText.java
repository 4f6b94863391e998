package dev.leat.generate.dbt;

import dev.leat.generate.Token;
import dev.leat.generate.Token.Unit;
import dev.leat.generate.TokenText;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.util.Set;

/**
 * Writes SQL with tokens as a template.
 *
 * @param dialect types and names
 * @param node whose SQL it is
 * @param partition the column that tells partitions apart, quoted; empty if there is none
 * @param previous datasets that are read as they were before
 */
record DbtText(
    TokenText tokens,
    DbtNames names,
    Dialect dialect,
    TableId node,
    String partition,
    Set<TableId> previous) {
  private static final String NOW = "TIMESTAMP '{{ leat_now() }}'";

  String of(String sql) {
    return tokens.render(sql, this::written, Jinja::plain);
  }

  private String written(Token token) {
    return switch (token) {
      case Token.Table(TableId dataset) ->
          previous.contains(dataset)
              ? "{{ " + previous(dataset) + " }}"
              : "{{ " + names.reference(dataset) + " }}";
      case Token.Now(Unit unit, LogicalType type) -> now(unit, type);
      case Token.Watermark(TableId made, int position, LogicalType type) ->
          "{{ leat_watermark(%s, %d, %s) }}"
              .formatted(Jinja.text(names.model(made)), position, Jinja.text(dialect.type(type)));
      case Token.Newest(TableId made, long days, LogicalType type) ->
          "CAST({{ leat_newest(%s, %s, %d) }} AS %s)"
              .formatted(previous(made), Jinja.text(partition), days, dialect.type(type));
    };
  }

  /** An expression for a table as it was before the run. */
  String previous(TableId dataset) {
    return dataset.equals(node)
        ? "this"
        : "leat_before(%s, %s)"
            .formatted(Jinja.text(dataset.schema()), Jinja.text(dataset.table()));
  }

  private static String now(Unit unit, LogicalType type) {
    if (type == Primitive.TIMESTAMP_TZ) {
      return "TIMESTAMPTZ '{{ leat_now() }}+00'";
    }
    String cut =
        switch (unit) {
          case MILLISECOND -> NOW;
          case HOUR -> "date_trunc('hour', " + NOW + ")";
          case DAY -> "date_trunc('day', " + NOW + ")";
          case WEEK -> "date_trunc('week', " + NOW + ")";
          case MONTH -> "date_trunc('month', " + NOW + ")";
        };
    return type == Primitive.DATE ? "CAST(" + cut + " AS DATE)" : cut;
  }
}
