package dev.leat.flow.repository;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a dataset.
 *
 * @param name its table
 * @param description for people; may be empty
 * @param owner for people; may be empty
 * @param columns as they were last published, in order
 * @param key columns that are unique and not NULL; empty if none are known
 * @param flow that makes it
 * @param madeBy the step that makes it
 * @param engine where it is, by its name in the flow
 * @param updated when its rows last changed
 */
public record Dataset(
    TableId name,
    String description,
    String owner,
    List<Column> columns,
    List<String> key,
    String flow,
    String madeBy,
    String engine,
    Instant updated) {
  public Dataset {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  public Layer layer() {
    return Layer.of(name.schema());
  }
}
