package dev.leat.sql;

import dev.leat.spi.schema.TableId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The tables that a tree just parsed reads, by names of two parts; those of WITH have one. */
final class TableNames extends SqlBasicVisitor<@Nullable Void> {
  private final Set<TableId> found = new LinkedHashSet<>();

  private TableNames() {}

  static Set<TableId> of(SqlNode tree) {
    TableNames names = new TableNames();
    tree.accept(names);
    return names.found;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (!(call instanceof SqlSelect select)) {
      return super.visit(call);
    }
    from(select.getFrom());
    for (SqlNode part : select.getOperandList()) {
      if (part != null && part != select.getFrom()) {
        part.accept(this);
      }
    }
    return null;
  }

  private void from(@Nullable SqlNode node) {
    if (node instanceof SqlIdentifier name) {
      if (name.names.size() == 2) {
        found.add(new TableId(name.names.get(0), name.names.get(1)));
      }
    } else if (node instanceof SqlJoin join) {
      from(join.getLeft());
      from(join.getRight());
      if (join.getCondition() != null) {
        join.getCondition().accept(this);
      }
    } else if (node instanceof SqlCall call
        && (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.TABLE_REF)) {
      from(call.operand(0));
    } else if (node != null) {
      node.accept(this);
    }
  }
}
