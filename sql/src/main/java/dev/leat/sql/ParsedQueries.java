package dev.leat.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Trees of queries parsed before. Those who type a tree change it, so everyone gets a copy. For
 * several threads.
 */
final class ParsedQueries {
  private final Recent<SqlNode> trees = new Recent<>(2048);

  /** A copy of the tree of a text; null if it was not kept. */
  @Nullable SqlNode find(String text) {
    SqlNode tree = trees.find(text);
    return tree == null ? null : copy(tree);
  }

  /** Keeps a copy. */
  void keep(String text, SqlNode tree) {
    trees.keep(text, copy(tree));
  }

  private static SqlNode copy(SqlNode tree) {
    return java.util.Objects.requireNonNull(tree.accept(new Copier()));
  }

  /** Everything that can be changed; literals and types cannot. */
  private static final class Copier extends SqlShuttle {
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
}
