package dev.leat.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Copies of trees, since whoever types a tree changes it. */
final class TreeCopy extends SqlShuttle {
  private TreeCopy() {}

  /** With copies of everything that can be changed; literals and types cannot. */
  static SqlNode of(SqlNode tree) {
    return Objects.requireNonNull(tree.accept(new TreeCopy()));
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    return name.clone(name.getParserPosition());
  }

  @Override
  public SqlNode visit(SqlNodeList list) {
    List<@Nullable SqlNode> copies = new ArrayList<>(list.size());
    for (SqlNode node : list) {
      copies.add(node == null ? null : node.accept(this));
    }
    return new SqlNodeList(copies, list.getParserPosition());
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    CallCopyingArgHandler operands = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, operands);
    return operands.result();
  }
}
