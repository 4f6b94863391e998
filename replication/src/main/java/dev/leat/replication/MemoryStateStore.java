package dev.leat.replication;

import dev.leat.spi.Position;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.state.Activity;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * State that lives as long as this object, for programs that use Leat as a library and for tests.
 */
public final class MemoryStateStore implements StateStore {
  private static final ErrorCode HELD = new ErrorCode("LEASE_HELD", ErrorCategory.CONFIG);

  private final Map<String, LeaseHolder> holders = new TreeMap<>();
  private final Map<String, ReplicationState> replications = new TreeMap<>();
  private final Map<String, Map<TableId, TableState>> tables = new TreeMap<>();
  private final Map<String, Activity> activities = new TreeMap<>();
  private final Map<String, Map<TableId, Map<Position, SchemaVersion>>> schemas = new TreeMap<>();

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public synchronized Lease acquire(String flow, LeaseHolder holder) {
    LeaseHolder other = holders.putIfAbsent(flow, holder);
    if (other != null) {
      throw new LeatException(
          HELD,
          "flow "
              + flow
              + " is already running: pid "
              + other.pid()
              + " on "
              + other.host()
              + ", since "
              + other.since(),
          "stop that one first");
    }
    return new MemoryLease(flow);
  }

  @Override
  public synchronized Optional<LeaseHolder> holder(String flow) {
    return Optional.ofNullable(holders.get(flow));
  }

  @Override
  public synchronized Optional<ReplicationState> replication(String replication) {
    return Optional.ofNullable(replications.get(replication));
  }

  @Override
  public synchronized List<ReplicationState> replications() {
    return List.copyOf(replications.values());
  }

  @Override
  public synchronized void saveReplication(ReplicationState state) {
    replications.put(state.replication(), state);
  }

  @Override
  public synchronized List<TableState> tables(String replication) {
    return List.copyOf(tables.getOrDefault(replication, Map.of()).values());
  }

  @Override
  public synchronized void saveTable(String replication, TableState state) {
    tables.computeIfAbsent(replication, name -> new TreeMap<>()).put(state.table(), state);
  }

  @Override
  public synchronized void deleteTable(String replication, TableId table) {
    tables.getOrDefault(replication, new TreeMap<>()).remove(table);
  }

  @Override
  public synchronized Optional<Activity> activity(String replication) {
    return Optional.ofNullable(activities.get(replication));
  }

  @Override
  public synchronized void saveActivity(String replication, Activity activity) {
    activities.put(replication, activity);
  }

  @Override
  public synchronized void saveSchema(String replication, SchemaVersion version) {
    schemas
        .computeIfAbsent(replication, name -> new TreeMap<>())
        .computeIfAbsent(version.schema().table(), table -> new TreeMap<>())
        .put(version.from(), version);
  }

  @Override
  public synchronized Optional<SchemaVersion> schemaAt(
      String replication, TableId table, Position position) {
    return schemas(replication, table).stream()
        .filter(version -> !position.isBefore(version.from()))
        .max(Comparator.comparing(SchemaVersion::from));
  }

  @Override
  public synchronized List<SchemaVersion> schemas(String replication, TableId table) {
    return new ArrayList<>(
        schemas.getOrDefault(replication, Map.of()).getOrDefault(table, Map.of()).values());
  }

  @Override
  public synchronized void deleteSchemas(String replication, TableId table) {
    schemas.getOrDefault(replication, new TreeMap<>()).remove(table);
  }

  @Override
  public synchronized void deleteReplication(String replication) {
    replications.remove(replication);
    tables.remove(replication);
    activities.remove(replication);
    schemas.remove(replication);
  }

  @Override
  public void close() {}

  private final class MemoryLease implements Lease {
    private final String flow;
    private boolean held = true;

    MemoryLease(String flow) {
      this.flow = flow;
    }

    @Override
    public boolean held() {
      synchronized (MemoryStateStore.this) {
        return held;
      }
    }

    @Override
    public void close() {
      synchronized (MemoryStateStore.this) {
        if (held) {
          held = false;
          holders.remove(flow);
        }
      }
    }
  }
}
