package dev.leat.flow.repository;

import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Optional;

/** The datasets that flows have made. Safe for use by several threads. */
public interface DatasetRepository {

  /** Makes or replaces what is known of a dataset. */
  void save(Dataset dataset);

  Optional<Dataset> find(TableId name);

  /** All datasets, by name. */
  List<Dataset> list();

  /** Forgets a dataset; the table stays. */
  void delete(TableId name);
}
