package dev.leat.sql;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import dev.leat.sql.Lineage.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Util;

/** A script as a typed tree. */
final class Analyzed {
  private final Analysis analysis;
  private final Set<TableId> tables;

  private Analyzed(Analysis analysis, Set<TableId> tables) {
    this.analysis = analysis;
    this.tables = tables;
  }

  static Analyzed of(Script script, Datasets datasets, Types types) {
    Set<TableId> tables = new TreeSet<>();
    Preparation preparation = new Preparation(name -> source(name, script, datasets, tables));
    SqlNode tree = preparation.query(Parsing.query(script.text()));
    return new Analyzed(Analysis.of(tree, tables, datasets, types), tables);
  }

  private static SqlNode source(
      SqlIdentifier name, Script script, Datasets datasets, Set<TableId> tables) {
    TableId table = datasets.resolve(name);
    SqlParserPos at = name.getParserPosition();
    String replacement = script.replacement(at.getLineNum(), table);
    if (replacement != null) {
      return SqlStdOperatorTable.AS.createCall(
          at, new SqlIdentifier(replacement, at), new SqlIdentifier(table.table(), at));
    }
    tables.add(table);
    return new SqlIdentifier(List.of(table.schema(), table.table()), at);
  }

  List<Column> columns() {
    return columns(analysis.type().getFieldList());
  }

  private static List<Column> columns(List<RelDataTypeField> fields) {
    List<Column> columns = new ArrayList<>();
    for (RelDataTypeField field : fields) {
      LogicalType type = Types.known(field.getType());
      columns.add(new Column(field.getName(), type, field.getType().isNullable(), type.toString()));
    }
    return columns;
  }

  CompiledQuery write(Dialect dialect, UnaryOperator<TableId> places, Instant now) {
    List<RelDataTypeField> fields = named(analysis.type().getFieldList(), analysis.tree());
    QueryWriter writer = new QueryWriter(dialect, places, analysis.validator(), now);
    String sql = writer.write(analysis.tree(), fields);
    List<Set<Origin>> origins = new Tracing(analysis.validator()).query(analysis.tree());
    Map<String, Set<Origin>> lineage = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      lineage.put(fields.get(i).getName(), origins.get(i));
    }
    return new CompiledQuery(
        sql, columns(fields), new Lineage(tables, lineage), writer.changesWithTime());
  }

  /** With the names that columns have at their origin; every one has its own. */
  private static List<RelDataTypeField> named(List<RelDataTypeField> fields, SqlNode tree) {
    return switch (tree) {
      case SqlWith with -> named(fields, with.body);
      case SqlOrderBy order -> named(fields, order.query);
      case SqlSelect select -> {
        Set<String> names = new HashSet<>();
        List<RelDataTypeField> result = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
          SqlNode item = select.getSelectList().get(i);
          String name = name(item);
          if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw new Problem(
                "SQL_DUPLICATE_COLUMN",
                item.getParserPosition(),
                "Two columns of the result are called " + name,
                "Give one of them another name with AS.");
          }
          result.add(new RelDataTypeFieldImpl(name, i, fields.get(i).getType()));
        }
        yield result;
      }
      case SqlCall call when SqlKind.SET_QUERY.contains(call.getKind()) ->
          named(fields, call.operand(0));
      default -> fields;
    };
  }

  private static String name(SqlNode item) {
    if (item.getKind() == SqlKind.AS) {
      SqlNode expression = SqlUtil.stripAs(item);
      SqlIdentifier name = ((SqlCall) item).operand(1);
      String alias = name.getSimple();
      // What a star stands for is named by the validator, so that no name is there twice.
      if (expression instanceof SqlIdentifier column && isDerived(name, column)) {
        return Util.last(column.names);
      }
      if (alias.startsWith("EXPR$")) {
        throw unnamed(expression);
      }
      return alias;
    }
    if (item instanceof SqlIdentifier identifier) {
      return Util.last(identifier.names);
    }
    throw unnamed(item);
  }

  private static Problem unnamed(SqlNode item) {
    return new Problem(
        "SQL_COLUMN_UNNAMED",
        item.getParserPosition(),
        "A column of the result has no name",
        "Write AS and a name behind it.");
  }

  private static boolean isDerived(SqlNode name, SqlNode column) {
    return name.getParserPosition().equals(SqlParserPos.ZERO)
        || name.getParserPosition().overlaps(column.getParserPosition());
  }
}
