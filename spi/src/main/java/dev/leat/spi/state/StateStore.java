package dev.leat.spi.state;

import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Optional;

/**
 * What a replication remembers between runs. Safe for use by several threads, and readable by other
 * processes while one writes. Every change is durable on return.
 *
 * <p>A store that is damaged, unreadable or cannot be written throws on opening or on the call,
 * category CONFIG, and never answers as if it were empty: an empty answer would start a replication
 * from zero.
 */
public interface StateStore extends SchemaStore, AutoCloseable {

  /** Where the state is, for people. */
  String describe();

  /**
   * Takes the right to run a flow.
   *
   * @throws dev.leat.spi.error.LeatException if another process has it, naming that process
   */
  Lease acquire(String flow, LeaseHolder holder);

  /** Who runs the flow now, if anybody does. */
  Optional<LeaseHolder> holder(String flow);

  Optional<ReplicationState> replication(String replication);

  List<ReplicationState> replications();

  void saveReplication(ReplicationState state);

  /** All tables known, sorted by name. */
  List<TableState> tables(String replication);

  void saveTable(String replication, TableState state);

  void deleteTable(String replication, TableId table);

  Optional<Activity> activity(String replication);

  void saveActivity(String replication, Activity activity);

  /** Forgets everything about a replication, its tables and schema versions included. */
  void deleteReplication(String replication);

  @Override
  void close();
}
