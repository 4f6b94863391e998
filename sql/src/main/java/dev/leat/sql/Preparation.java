package dev.leat.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a tree just parsed one that has only what is portable: names of datasets are resolved,
 * functions and operators are ours. Changes the tree.
 */
final class Preparation {
  private final Function<SqlIdentifier, SqlNode> datasets;

  /**
   * @param datasets what to read in place of a name that is none of a WITH
   */
  Preparation(Function<SqlIdentifier, SqlNode> datasets) {
    this.datasets = datasets;
  }

  SqlNode query(SqlNode node) {
    return query(node, Set.of());
  }

  private SqlNode query(SqlNode node, Set<String> with) {
    switch (node) {
      case SqlWith clause -> {
        return with(clause, with);
      }
      case SqlOrderBy order -> {
        return new SqlOrderBy(
            order.getParserPosition(),
            query(order.query, with),
            (SqlNodeList) present(expression(order.orderList, with)),
            order.offset,
            order.fetch);
      }
      case SqlSelect select -> {
        select(select, with);
        return select;
      }
      case SqlBasicCall call when SqlKind.SET_QUERY.contains(call.getKind()) -> {
        for (int i = 0; i < call.operandCount(); i++) {
          call.setOperand(i, query(call.operand(i), with));
        }
        return call;
      }
      case SqlBasicCall call when call.getKind() == SqlKind.VALUES -> {
        for (SqlNode row : call.getOperandList()) {
          expressions((SqlCall) row, with);
        }
        return call;
      }
      default -> throw refused(node);
    }
  }

  private SqlNode with(SqlWith clause, Set<String> outer) {
    Set<String> names = new LinkedHashSet<>(outer);
    for (SqlNode each : clause.withList) {
      SqlWithItem item = (SqlWithItem) each;
      if (item.recursive.booleanValue()) {
        throw Problem.unsupported(
            item.getParserPosition(),
            "WITH RECURSIVE is not portable",
            "Use a query in the engine's own language.");
      }
      item.query = query(item.query, names);
      names.add(item.name.getSimple().toLowerCase(Locale.ROOT));
    }
    clause.body = query(clause.body, names);
    return clause;
  }

  private void select(SqlSelect select, Set<String> with) {
    if (select.hasHints()) {
      throw Problem.unsupported(
          select.getParserPosition(), "Hints are not portable", "Leave them out.");
    }
    if (select.getQualify() != null) {
      throw Problem.unsupported(
          select.getQualify().getParserPosition(),
          "QUALIFY is not portable",
          "Put the window function into a subquery and filter with WHERE outside of it.");
    }
    SqlNode from = select.getFrom();
    if (from != null) {
      select.setFrom(from(from, with));
    }
    expressions(select.getSelectList(), with);
    select.setWhere(expression(select.getWhere(), with));
    if (select.getGroup() != null) {
      expressions(select.getGroup(), with);
    }
    select.setHaving(expression(select.getHaving(), with));
    expressions(select.getWindowList(), with);
    if (select.getOrderList() != null) {
      expressions(select.getOrderList(), with);
    }
  }

  private SqlNode from(SqlNode node, Set<String> with) {
    switch (node) {
      case SqlIdentifier name -> {
        return table(name, with);
      }
      case SqlJoin join -> {
        join.setLeft(from(join.getLeft(), with));
        join.setRight(from(join.getRight(), with));
        if (join.getConditionType() == org.apache.calcite.sql.JoinConditionType.ON) {
          join.setOperand(5, expression(join.getCondition(), with));
        }
        return join;
      }
      case SqlBasicCall call when call.getKind() == SqlKind.AS -> {
        SqlNode source = from(call.operand(0), with);
        // A restricted dataset comes with its name, which a name given here replaces.
        call.setOperand(
            0,
            source.getKind() == SqlKind.AS && call.operand(0) instanceof SqlIdentifier
                ? ((SqlCall) source).operand(0)
                : source);
        return call;
      }
      case SqlCall call when call.getKind() == SqlKind.TABLE_REF -> {
        return from(call.operand(0), with);
      }
      default -> {
        return query(node, with);
      }
    }
  }

  private SqlNode table(SqlIdentifier name, Set<String> with) {
    if (name.isSimple() && with.contains(name.getSimple().toLowerCase(Locale.ROOT))) {
      return name;
    }
    return datasets.apply(name);
  }

  private void expressions(@Nullable SqlNodeList list, Set<String> with) {
    for (int i = 0; list != null && i < list.size(); i++) {
      SqlNode node = list.get(i);
      list.set(i, expression(node, with));
    }
  }

  private void expressions(SqlCall call, Set<String> with) {
    for (int i = 0; i < call.operandCount(); i++) {
      SqlNode operand = call.getOperandList().get(i);
      SqlNode prepared = expression(operand, with);
      if (prepared != operand) {
        call.setOperand(i, present(prepared));
      }
    }
  }

  private @Nullable SqlNode expression(@Nullable SqlNode node, Set<String> with) {
    switch (node) {
      case null -> {
        return null;
      }
      case SqlNodeList list -> {
        expressions(list, with);
        return list;
      }
      case SqlIdentifier name when name.names.size() == 3 && !name.isStar() -> {
        return new SqlIdentifier(name.names.subList(1, 3), null, name.getParserPosition(), null);
      }
      case SqlCall call when SqlKind.QUERY.contains(call.getKind()) -> {
        return query(call, with);
      }
      case SqlCall call -> {
        SqlCall ours = Portability.call(call);
        expressions(ours, with);
        return ours.getKind() == SqlKind.BETWEEN || ours.getKind() == SqlKind.LIKE
            ? negated(call, ours)
            : ours;
      }
      default -> {
        return Portability.leaf(node);
      }
    }
  }

  private static SqlNode negated(SqlCall before, SqlCall ours) {
    return Portability.isNegated(before)
        ? SqlStdOperatorTable.NOT.createCall(
            SqlParserPos.sum(List.of(before.getParserPosition())), ours)
        : ours;
  }

  private static SqlNode present(@Nullable SqlNode node) {
    return java.util.Objects.requireNonNull(node);
  }

  private static Problem refused(SqlNode node) {
    return Problem.unsupported(
        node.getParserPosition(),
        node.getKind().toString().replace('_', ' ') + " is not portable here",
        "Use a query in the engine's own language.");
  }
}
