package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Writes queries in a dialect. */
final class QueryWriter {
  private final Dialect dialect;
  private final UnaryOperator<TableId> places;
  private final SqlValidator validator;
  private final ExpressionWriter expressions;
  private int names;

  QueryWriter(Dialect dialect, UnaryOperator<TableId> places, SqlValidator validator, Instant now) {
    this.dialect = dialect;
    this.places = places;
    this.validator = validator;
    this.expressions = new ExpressionWriter(dialect, validator, now, this);
  }

  boolean changesWithTime() {
    return expressions.changesWithTime();
  }

  /** The whole query, whose columns have exactly the types of the fields. */
  String write(SqlNode node, List<RelDataTypeField> fields) {
    return query(node, fields, true);
  }

  String nested(SqlNode node) {
    return query(node, fields(node), false);
  }

  private List<RelDataTypeField> fields(SqlNode node) {
    RelDataType known = validator.getValidatedNodeTypeIfKnown(node);
    RelDataType type =
        known != null && known.isStruct()
            ? known
            : Objects.requireNonNull(validator.getNamespace(node)).getRowType();
    return type.getFieldList();
  }

  private String query(SqlNode node, List<RelDataTypeField> fields, boolean outermost) {
    return switch (node) {
      case SqlSelect select -> select(select, fields, outermost);
      case SqlWith with -> with(with, fields, outermost);
      case SqlOrderBy order -> ordered(order, fields, outermost);
      case SqlCall call when SqlKind.SET_QUERY.contains(call.getKind()) ->
          set(call, fields, outermost);
      case SqlCall call when call.getKind() == SqlKind.VALUES ->
          values(call, names(fields), fields);
      default -> throw new IllegalStateException("cannot write " + node.getKind());
    };
  }

  private String with(SqlWith with, List<RelDataTypeField> fields, boolean outermost) {
    List<String> items = new ArrayList<>();
    for (SqlNode each : with.withList) {
      SqlWithItem item = (SqlWithItem) each;
      String columns =
          item.columnList == null
              ? ""
              : item.columnList.stream()
                  .map(name -> dialect.quote(((SqlIdentifier) name).getSimple()))
                  .collect(Collectors.joining(", ", " (", ")"));
      items.add(
          dialect.quote(item.name.getSimple())
              + columns
              + (isCheap(item.query) ? dialect.inlined() : " AS ")
              + "("
              + nested(item.query)
              + ")");
    }
    return "WITH " + String.join(", ", items) + " " + query(with.body, fields, outermost);
  }

  /** Whether rows can as well be read again: those of one table, as it has them. */
  private static boolean isCheap(SqlNode query) {
    return query instanceof SqlSelect select
        && select.getFrom() != null
        && SqlUtil.stripAs(select.getFrom()) instanceof SqlIdentifier
        && !select.isDistinct()
        && select.getGroup() == null
        && select.getHaving() == null
        && select.getFetch() == null
        && select.getOffset() == null
        && select.getSelectList().stream()
            .allMatch(column -> SqlUtil.stripAs(column) instanceof SqlIdentifier)
        && !hasQuery(select.getWhere());
  }

  private static boolean hasQuery(@Nullable SqlNode condition) {
    return switch (condition) {
      case null -> false;
      case SqlCall call ->
          SqlKind.QUERY.contains(call.getKind())
              || call.getOperandList().stream().anyMatch(QueryWriter::hasQuery);
      case SqlNodeList list -> list.stream().anyMatch(QueryWriter::hasQuery);
      default -> false;
    };
  }

  /** Around what has no place for an order itself. */
  private String ordered(SqlOrderBy order, List<RelDataTypeField> fields, boolean outermost) {
    if (!order.orderList.isEmpty()) {
      throw new IllegalStateException("the order should stand with its SELECT");
    }
    return "SELECT * FROM ("
        + query(order.query, fields, outermost)
        + ") AS "
        + dialect.quote(name())
        + limit(order.fetch, order.offset);
  }

  private String name() {
    return "_leat_q" + ++names;
  }

  private String set(SqlCall call, List<RelDataTypeField> fields, boolean outermost) {
    SqlSetOperator operator = (SqlSetOperator) call.getOperator();
    List<String> sides = new ArrayList<>();
    for (int i = 0; i < call.operandCount(); i++) {
      SqlNode side = call.operand(i);
      String written = query(side, fields, outermost);
      boolean bare =
          (side instanceof SqlSelect select
                  && select.getFetch() == null
                  && select.getOffset() == null
                  && (select.getOrderList() == null || select.getOrderList().isEmpty()))
              || (i == 0 && side instanceof SqlCall inner && inner.getOperator().equals(operator));
      sides.add(bare ? written : "SELECT * FROM (" + written + ") AS " + dialect.quote(name()));
    }
    return String.join(" " + operator.getName() + " ", sides);
  }

  private String values(SqlCall values, List<String> names, List<RelDataTypeField> fields) {
    SqlValidatorScope scope = validator.getEmptyScope();
    List<String> rows = new ArrayList<>();
    for (SqlNode each : values.getOperandList()) {
      List<SqlNode> row = ((SqlCall) each).getOperandList();
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        LogicalType type = Types.known(fields.get(i).getType());
        String value = expressions.converted(row.get(i), scope, type);
        // Else the first row alone would say what type the column is.
        value = dialect.output(value, type);
        columns.add(value + " AS " + dialect.quote(names.get(i)));
      }
      rows.add("SELECT " + String.join(", ", columns));
    }
    return String.join(" UNION ALL ", rows);
  }

  private static List<String> names(List<RelDataTypeField> fields) {
    return fields.stream().map(RelDataTypeField::getName).toList();
  }

  private String select(SqlSelect select, List<RelDataTypeField> fields, boolean outermost) {
    SqlNodeList order = select.getOrderList();
    if (select.isDistinct() && order != null && !order.isEmpty()) {
      return distinct(select, order, fields, outermost);
    }
    StringBuilder text = new StringBuilder(body(select, fields, outermost));
    if (order != null && !order.isEmpty()) {
      SqlValidatorScope scope = validator.getOrderScope(select);
      List<SqlNode> items = new ArrayList<>();
      for (SqlNode item : order) {
        items.add(expanded(select, item));
      }
      text.append(" ORDER BY ").append(expressions.order(items, scope));
    }
    return text.append(limit(select.getFetch(), select.getOffset())).toString();
  }

  /** With the numbers and names of the SELECT list replaced by what they stand for. */
  private SqlNode expanded(SqlSelect select, SqlNode item) {
    return switch (item.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> {
        SqlCall call = (SqlCall) item;
        SqlNode inner = expanded(select, call.operand(0));
        yield call.getOperator().createCall(call.getParserPosition(), inner);
      }
      default -> SqlUtil.stripAs(validator.expandOrderExpr(select, item));
    };
  }

  /** A DISTINCT is ordered by its result: not all engines find the expressions again. */
  private String distinct(
      SqlSelect select, SqlNodeList order, List<RelDataTypeField> fields, boolean outermost) {
    String alias = dialect.quote(name());
    List<String> items = new ArrayList<>();
    for (SqlNode item : order) {
      items.add(orderOfDistinct(select, expanded(select, item), fields, alias));
    }
    return "SELECT * FROM ("
        + body(select, fields, outermost)
        + ") AS "
        + alias
        + " ORDER BY "
        + String.join(", ", items)
        + limit(select.getFetch(), select.getOffset());
  }

  private String orderOfDistinct(
      SqlSelect select, SqlNode item, List<RelDataTypeField> fields, String alias) {
    switch (item.getKind()) {
      case DESCENDING -> {
        String inner = orderOfDistinct(select, ((SqlCall) item).operand(0), fields, alias);
        return inner.replace(" NULLS LAST", " DESC NULLS LAST");
      }
      case NULLS_FIRST -> {
        String inner = orderOfDistinct(select, ((SqlCall) item).operand(0), fields, alias);
        return inner.substring(0, inner.length() - " NULLS LAST".length()) + " NULLS FIRST";
      }
      case NULLS_LAST -> {
        return orderOfDistinct(select, ((SqlCall) item).operand(0), fields, alias);
      }
      default -> {}
    }
    SqlNodeList list = select.getSelectList();
    for (int i = 0; i < list.size(); i++) {
      if (SqlUtil.stripAs(list.get(i)).equalsDeep(item, Litmus.IGNORE)) {
        String column = alias + "." + dialect.quote(fields.get(i).getName());
        LogicalType type = Types.known(fields.get(i).getType());
        return (type == LogicalType.Primitive.TEXT ? dialect.ordered(column) : column)
            + " NULLS LAST";
      }
    }
    throw new Problem(
        "SQL_INVALID",
        item.getParserPosition(),
        "With DISTINCT, ORDER BY takes only what is in the SELECT list",
        "Put it into the SELECT list too.");
  }

  private String body(SqlSelect select, List<RelDataTypeField> fields, boolean outermost) {
    StringBuilder text = new StringBuilder("SELECT ");
    if (select.isDistinct()) {
      text.append("DISTINCT ");
    }
    text.append(String.join(", ", columns(select, fields, outermost)));
    if (select.getFrom() != null) {
      text.append(" FROM ").append(from(select.getFrom()));
    }
    if (select.getWhere() != null) {
      text.append(" WHERE ")
          .append(expressions.write(select.getWhere(), validator.getWhereScope(select)));
    }
    SqlNodeList group = select.getGroup();
    if (group != null && !group.isEmpty()) {
      SqlValidatorScope scope = validator.getGroupScope(select);
      text.append(
          group.stream()
              .map(each -> grouped(each, scope))
              .collect(Collectors.joining(", ", " GROUP BY ", "")));
    }
    if (select.getHaving() != null) {
      text.append(" HAVING ")
          .append(expressions.write(select.getHaving(), validator.getHavingScope(select)));
    }
    return text.toString();
  }

  /** A number alone would mean a column of the SELECT list. */
  private String grouped(SqlNode node, SqlValidatorScope scope) {
    String written = expressions.write(node, scope);
    LogicalType type = expressions.type(node, scope);
    return node instanceof SqlLiteral ? expressions.cast(written, type, type, node) : written;
  }

  private List<String> columns(SqlSelect select, List<RelDataTypeField> fields, boolean outermost) {
    SqlValidatorScope scope = validator.getSelectScope(select);
    List<String> result = new ArrayList<>();
    SqlNodeList list = select.getSelectList();
    for (int i = 0; i < list.size(); i++) {
      RelDataTypeField field = fields.get(i);
      SqlNode expression = SqlUtil.stripAs(list.get(i));
      LogicalType type = Types.known(field.getType());
      String written = expressions.converted(expression, scope, type);
      if (outermost) {
        written = dialect.output(written, type);
      }
      String name = dialect.quote(field.getName());
      boolean named =
          expression instanceof SqlIdentifier identifier
              && Util.last(identifier.names).equals(field.getName())
              && written.endsWith("." + name);
      result.add(named ? written : written + " AS " + name);
    }
    return result;
  }

  private String from(SqlNode node) {
    return switch (node) {
      case SqlIdentifier name -> table(name, Util.last(name.names));
      case SqlJoin join -> join(join);
      case SqlCall call when call.getKind() == SqlKind.AS -> aliased(call);
      default -> "(" + nested(node) + ") AS " + dialect.quote(name());
    };
  }

  private String table(SqlIdentifier name, String alias) {
    String quoted = dialect.quote(alias);
    if (name.names.size() == 1) {
      String own = dialect.quote(name.getSimple());
      return own.equals(quoted) ? own : own + " AS " + quoted;
    }
    TableId table = new TableId(name.names.get(0), name.names.get(1));
    return dialect.quote(places.apply(table)) + " AS " + quoted;
  }

  private String aliased(SqlCall call) {
    SqlNode source = call.operand(0);
    String alias = ((SqlIdentifier) call.operand(1)).getSimple();
    String quoted = dialect.quote(alias);
    List<String> columns = new ArrayList<>();
    for (SqlNode name : Util.skip(call.getOperandList(), 2)) {
      columns.add(((SqlIdentifier) name).getSimple());
    }
    if (columns.isEmpty()) {
      return source instanceof SqlIdentifier name
          ? table(name, alias)
          : "(" + nested(source) + ") AS " + quoted;
    }
    if (source.getKind() == SqlKind.VALUES) {
      return "(" + values((SqlCall) source, columns, fields(source)) + ") AS " + quoted;
    }
    String inner =
        source instanceof SqlIdentifier name
            ? "SELECT * FROM " + table(name, Util.last(name.names))
            : nested(source);
    return columns.stream()
            .map(dialect::quote)
            .collect(Collectors.joining(", ", "(WITH " + quoted + " (", ") AS ("))
        + inner
        + ") SELECT * FROM "
        + quoted
        + ") AS "
        + quoted;
  }

  private String join(SqlJoin join) {
    String left = from(join.getLeft());
    String right = from(join.getRight());
    if (join.getRight() instanceof SqlJoin) {
      right = "(" + right + ")";
    }
    String type = type(join);
    if (join.isNatural()) {
      return left + " NATURAL " + type + " " + right;
    }
    return left
        + " "
        + type
        + " "
        + right
        + switch (join.getConditionType()) {
          case NONE -> "";
          case ON ->
              " ON "
                  + expressions.write(
                      Objects.requireNonNull(join.getCondition()), validator.getJoinScope(join));
          case USING -> " USING " + using(join);
        };
  }

  private static String type(SqlJoin join) {
    JoinType type = join.getJoinType();
    if (join.getConditionType() == JoinConditionType.NONE && !join.isNatural()) {
      return "CROSS JOIN";
    }
    return switch (type) {
      case INNER, CROSS, COMMA -> "JOIN";
      case LEFT -> "LEFT JOIN";
      case RIGHT -> "RIGHT JOIN";
      case FULL -> "FULL JOIN";
      case LEFT_SEMI_JOIN, LEFT_ANTI_JOIN, ASOF, LEFT_ASOF ->
          throw Problem.unsupported(
              join.getParserPosition(), type + " is not portable", "Use EXISTS.");
    };
  }

  /** By the names that the columns really have. */
  private String using(SqlJoin join) {
    RelDataType left = Objects.requireNonNull(validator.getNamespace(join.getLeft())).getRowType();
    SqlNodeList names = (SqlNodeList) Objects.requireNonNull(join.getCondition());
    return names.stream()
        .map(name -> ((SqlIdentifier) name).getSimple())
        .map(
            name -> {
              RelDataTypeField field = left.getField(name, false, false);
              return dialect.quote(field == null ? name : field.getName());
            })
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String limit(@Nullable SqlNode fetch, @Nullable SqlNode offset) {
    return (fetch == null ? "" : " LIMIT " + number(fetch))
        + (offset == null ? "" : " OFFSET " + number(offset));
  }

  private static String number(SqlNode node) {
    if (!(node instanceof SqlLiteral literal)) {
      throw Problem.unsupported(
          node.getParserPosition(), "LIMIT and OFFSET take a number", "Write it as digits.");
    }
    return String.valueOf(literal.longValue(true));
  }
}
