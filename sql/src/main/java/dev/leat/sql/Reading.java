package dev.leat.sql;

import dev.leat.spi.instruction.Projection;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.schema.TableId;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Which datasets relations name. */
final class Reading {
  /** What texts name. */
  private static final Recent<List<TableId>> QUERIES = new Recent<>(4096);

  private static final Recent<List<TableId>> EXPRESSIONS = new Recent<>(4096);

  private final Collection<TableId> known;
  private final TreeSet<TableId> found = new TreeSet<>();

  Reading(Collection<TableId> known) {
    this.known = known;
  }

  List<TableId> of(Relation relation) {
    visit(relation);
    return List.copyOf(found);
  }

  private void visit(Relation relation) {
    switch (relation) {
      case Relation.Scan(TableId table) -> found.add(table);
      case Relation.Select select -> {
        visit(select.input());
        projections(select.columns());
      }
      case Relation.Filter filter -> {
        visit(filter.input());
        expression(filter.condition());
      }
      case Relation.Join join -> {
        visit(join.left());
        visit(join.right());
        expression(join.condition());
        projections(join.columns());
      }
      case Relation.Aggregate aggregate -> {
        visit(aggregate.input());
        projections(aggregate.measures());
      }
      case Relation.Window window -> {
        visit(window.input());
        projections(window.columns());
      }
      case Relation.Union union -> union.inputs().forEach(this::visit);
      case Relation.Dedupe dedupe -> {
        visit(dedupe.input());
        dedupe.order().forEach(order -> expression(order.expression()));
      }
      case Relation.Latest latest -> {
        visit(latest.log());
        latest.order().forEach(this::expression);
        expression(latest.deleted());
      }
      case Relation.ChangeFeed feed -> visit(feed.landing());
      case Relation.DeltaTransaction delta -> visit(delta.feed());
      case Relation.Scd2 scd2 -> {
        visit(scd2.source());
        expression(scd2.validFrom());
        if (scd2.history() != null) {
          found.add(scd2.history());
        }
      }
      case Relation.Sessionize sessions -> {
        visit(sessions.events());
        projections(sessions.measures());
      }
      case Relation.GrowthAccounting growth -> visit(growth.activity());
      case Relation.Snapshot snapshot -> visit(snapshot.input());
      case Relation.Sql(String text) -> read(text, true);
      case Relation.NativeSql(String _, String text) -> {
        String unused =
            new NameScan(known)
                .replace(
                    text,
                    table -> {
                      found.add(table);
                      return "";
                    });
      }
      case Relation.Restrict restrict -> {
        visit(restrict.input());
        expression(restrict.condition());
      }
    }
  }

  private void projections(List<Projection> projections) {
    projections.forEach(projection -> expression(projection.expression()));
  }

  /** Subqueries in it read too. */
  private void expression(@Nullable String text) {
    if (text != null && hasQuery(text)) {
      read(text, false);
    }
  }

  private static boolean hasQuery(String text) {
    return text.toUpperCase(java.util.Locale.ROOT).contains("FROM");
  }

  private void read(String text, boolean query) {
    (query ? QUERIES : EXPRESSIONS)
        .of(text, each -> named(each, query))
        .forEach(table -> found.add(resolved(table)));
  }

  private static List<TableId> named(String text, boolean query) {
    // As it will be a part of a script, whose tree is then known.
    Script script = new Script().written(Parsing.withoutEnd(text));
    try {
      return List.copyOf(
          TableNames.of(query ? Parsing.tree(script.text()) : Parsing.expression(script.text())));
    } catch (Problem problem) {
      throw script.error(problem);
    } catch (StackOverflowError e) {
      throw script.error(Parsing.tooDeep(SqlParserPos.ZERO));
    }
  }

  private TableId resolved(TableId table) {
    if (known.contains(table)) {
      return table;
    }
    for (TableId each : known) {
      if (each.table().equalsIgnoreCase(table.table())
          && each.schema().equalsIgnoreCase(table.schema())) {
        return each;
      }
    }
    return table;
  }
}
