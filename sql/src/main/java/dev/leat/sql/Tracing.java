package dev.leat.sql;

import dev.leat.spi.schema.TableId;
import dev.leat.sql.Lineage.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Follows the columns of a typed query to the datasets. What only chooses rows or orders them is
 * not followed.
 */
final class Tracing {
  private final SqlValidator validator;

  Tracing(SqlValidator validator) {
    this.validator = validator;
  }

  /** Per column of the query. */
  List<Set<Origin>> query(SqlNode node) {
    return query(node, new Scope(null, Map.of()));
  }

  /** Columns with their origins, by names in small letters. */
  private record Rows(Map<String, Set<Origin>> columns) {
    List<Set<Origin>> list() {
      return List.copyOf(columns.values());
    }
  }

  private static final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Rows> with;
    private final Map<String, Rows> from = new HashMap<>();

    Scope(@Nullable Scope outer, Map<String, Rows> with) {
      this.outer = outer;
      this.with = with;
    }

    Set<Origin> column(SqlIdentifier name) {
      String column = small(Util.last(name.names));
      String table = name.names.size() < 2 ? null : small(name.names.get(name.names.size() - 2));
      for (Scope scope = this; scope != null; scope = scope.outer) {
        if (table != null) {
          Rows rows = scope.from.get(table);
          if (rows != null) {
            return rows.columns.getOrDefault(column, Set.of());
          }
          continue;
        }
        Set<Origin> all = new LinkedHashSet<>();
        scope
            .from
            .values()
            .forEach(rows -> all.addAll(rows.columns.getOrDefault(column, Set.of())));
        if (!all.isEmpty()) {
          return all;
        }
      }
      return Set.of();
    }
  }

  private static String small(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private List<Set<Origin>> query(SqlNode node, Scope outer) {
    return switch (node) {
      case SqlWith with -> {
        Map<String, Rows> names = new HashMap<>(outer.with);
        for (SqlNode each : with.withList) {
          SqlWithItem item = (SqlWithItem) each;
          List<Set<Origin>> columns = query(item.query, new Scope(outer, Map.copyOf(names)));
          List<String> own =
              item.columnList == null
                  ? names(item.query)
                  : item.columnList.stream()
                      .map(name -> ((SqlIdentifier) name).getSimple())
                      .toList();
          names.put(small(item.name.getSimple()), rows(own, columns));
        }
        yield query(with.body, new Scope(outer, names));
      }
      case SqlOrderBy order -> query(order.query, outer);
      case SqlSelect select -> select(select, outer);
      case SqlCall call when call.getKind() == SqlKind.VALUES -> {
        List<Set<Origin>> result = new ArrayList<>();
        for (SqlNode row : call.getOperandList()) {
          merge(
              result,
              ((SqlCall) row).getOperandList().stream().map(each -> origins(each, outer)).toList());
        }
        yield result;
      }
      case SqlCall call -> {
        List<Set<Origin>> result = new ArrayList<>();
        boolean except = call.getKind() == SqlKind.EXCEPT;
        for (SqlNode side : call.getOperandList()) {
          if (result.isEmpty() || !except) {
            merge(result, query(side, outer));
          }
        }
        yield result;
      }
      default -> List.of();
    };
  }

  private static void merge(List<Set<Origin>> into, List<Set<Origin>> more) {
    for (int i = 0; i < more.size(); i++) {
      if (i >= into.size()) {
        into.add(new LinkedHashSet<>());
      }
      into.get(i).addAll(more.get(i));
    }
  }

  private List<String> names(SqlNode query) {
    SqlValidatorNamespace namespace = Objects.requireNonNull(validator.getNamespace(query));
    return namespace.getRowType().getFieldNames();
  }

  private static Rows rows(List<String> names, List<Set<Origin>> columns) {
    Map<String, Set<Origin>> result = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      result.put(small(names.get(i)), i < columns.size() ? columns.get(i) : Set.of());
    }
    return new Rows(result);
  }

  private List<Set<Origin>> select(SqlSelect select, Scope outer) {
    Scope scope = new Scope(outer, outer.with);
    if (select.getFrom() != null) {
      from(select.getFrom(), scope);
    }
    return select.getSelectList().stream()
        .map(each -> origins(SqlUtil.stripAs(each), scope))
        .toList();
  }

  private void from(SqlNode node, Scope scope) {
    switch (node) {
      case SqlIdentifier name -> scope.from.put(small(Util.last(name.names)), table(name, scope));
      case SqlJoin join -> {
        from(join.getLeft(), scope);
        from(join.getRight(), scope);
      }
      case SqlCall call when call.getKind() == SqlKind.AS -> {
        String alias = ((SqlIdentifier) call.operand(1)).getSimple();
        Rows rows =
            call.operand(0) instanceof SqlIdentifier name
                ? table(name, scope)
                : rows(names(call.operand(0)), query(call.operand(0), scope));
        if (call.operandCount() > 2) {
          rows =
              rows(
                  Util.skip(call.getOperandList(), 2).stream()
                      .map(name -> ((SqlIdentifier) name).getSimple())
                      .toList(),
                  rows.list());
        }
        scope.from.put(small(alias), rows);
      }
      default -> scope.from.put("", rows(names(node), query(node, scope)));
    }
  }

  private Rows table(SqlIdentifier name, Scope scope) {
    if (name.names.size() == 1) {
      return Objects.requireNonNull(scope.with.get(small(name.getSimple())));
    }
    TableId table = new TableId(name.names.get(0), name.names.get(1));
    Map<String, Set<Origin>> columns = new LinkedHashMap<>();
    SqlValidatorNamespace namespace = Objects.requireNonNull(validator.getNamespace(name));
    for (RelDataTypeField field : namespace.getRowType().getFieldList()) {
      columns.put(small(field.getName()), Set.of(new Origin(table, field.getName())));
    }
    return new Rows(columns);
  }

  private Set<Origin> origins(@Nullable SqlNode node, Scope scope) {
    return switch (node) {
      case null -> Set.of();
      case SqlIdentifier name -> scope.column(name);
      case SqlNodeList list -> union(list, scope);
      case SqlCall call when SqlKind.QUERY.contains(call.getKind()) -> {
        Set<Origin> all = new LinkedHashSet<>();
        query(call, scope).forEach(all::addAll);
        yield all;
      }
      case SqlCall call ->
          switch (call.getKind()) {
            case OVER, FILTER, WITHIN_GROUP -> origins(call.operand(0), scope);
            case EXISTS -> Set.of();
            default -> call.isCountStar() ? Set.of() : union(call.getOperandList(), scope);
          };
      default -> Set.of();
    };
  }

  private Set<Origin> union(List<? extends @Nullable SqlNode> nodes, Scope scope) {
    Set<Origin> all = new LinkedHashSet<>();
    for (SqlNode node : nodes) {
      all.addAll(origins(node, scope));
    }
    return all;
  }
}
