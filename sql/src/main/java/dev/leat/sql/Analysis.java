package dev.leat.sql;

import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;

/** A prepared tree, typed: every name is qualified, every star expanded. */
record Analysis(SqlValidator validator, SqlNode tree, RelDataType type) {
  private static final CalciteConnectionConfig CONNECTION = connection();
  private static final SqlValidator.Config CONFIG =
      SqlValidator.Config.DEFAULT
          .withConformance(Parsing.CONFORMANCE)
          .withCallRewrite(false)
          .withIdentifierExpansion(true)
          .withColumnReferenceExpansion(true)
          .withTypeCoercionEnabled(true)
          .withTypeCoercionFactory((_, _) -> new NoCoercion());

  private static CalciteConnectionConfig connection() {
    return new CalciteConnectionConfigImpl(new Properties()) {
      // By its properties it would look at them all for each query.
      @Override
      public boolean caseSensitive() {
        return false;
      }
    };
  }

  /**
   * @param tables those that the tree reads
   */
  static Analysis of(SqlNode tree, Set<TableId> tables, Datasets datasets, Types types) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    for (TableId table : new TreeSet<>(tables)) {
      CalciteSchema schema = root.getSubSchema(table.schema(), true);
      if (schema == null) {
        schema = root.add(table.schema(), new AbstractSchema());
      }
      schema.add(table.table(), datasets.table(table));
    }
    CalciteCatalogReader reader = new CalciteCatalogReader(root, List.of(), types, CONNECTION);
    Validator validator = new Validator(reader, types);
    try {
      SqlNode typed = validator.validate(tree);
      return new Analysis(validator, typed, validator.getValidatedNodeType(typed));
    } catch (CalciteContextException e) {
      throw Complaints.of(e, tables, datasets);
    } catch (CalciteException e) {
      throw Complaints.of(e);
    }
  }

  private static final class Validator extends SqlValidatorImpl {
    Validator(CalciteCatalogReader reader, Types types) {
      super(Operators.TABLE, reader, types, CONFIG);
    }
  }
}
