package dev.leat.sql;

import dev.leat.spi.schema.LogicalType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** The type in a CAST, understood. */
final class LogicalTypeName extends SqlTypeNameSpec {
  private final LogicalType type;

  LogicalTypeName(LogicalType type, SqlParserPos position) {
    super(new SqlIdentifier(type.toString(), position), position);
    this.type = type;
  }

  LogicalType type() {
    return type;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator) {
    return ((Types) validator.getTypeFactory()).of(type, false);
  }

  @Override
  public void unparse(SqlWriter writer, int left, int right) {
    writer.keyword(type.toString());
  }

  @Override
  public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
    return (other instanceof LogicalTypeName name && name.type.equals(type))
        ? litmus.succeed()
        : litmus.fail("other type");
  }
}
