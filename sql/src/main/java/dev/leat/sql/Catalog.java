package dev.leat.sql;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The datasets that a query may name. */
public interface Catalog {

  /** The columns of a dataset, in order; empty if there is none of that name. */
  Optional<List<Column>> columns(TableId dataset);

  /** The names of all datasets, for "did you mean". */
  Collection<TableId> names();
}
