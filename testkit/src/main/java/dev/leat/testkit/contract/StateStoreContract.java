package dev.leat.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.Position;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType.Decimal;
import dev.leat.spi.schema.LogicalType.ListOf;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.CopyPlan;
import dev.leat.spi.source.CopyRange;
import dev.leat.spi.source.StreamIdentity;
import dev.leat.spi.state.Activity;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import dev.leat.spi.state.TableError;
import dev.leat.spi.state.TablePhase;
import dev.leat.spi.state.TableState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every state store must do; a store's own test implements {@link #openStore()}. */
public interface StateStoreContract {
  /** A table whose name needs quoting. */
  TableId TABLE = new TableId("public", "a.\"b");

  /** Somebody who runs a flow. */
  LeaseHolder HOLDER =
      new LeaseHolder("here", 42, Instant.parse("2026-01-02T03:04:05Z"), "/run/leat.sock");

  /** Opens the store of the test: the same one at every call, holding what was saved before. */
  StateStore openStore();

  @Test
  default void givesBackWhatWasSaved() {
    var replication =
        new ReplicationState(
            "shop.main",
            new StreamIdentity(Map.of("slot", "leat_shop", "system", "7")),
            new Position(-2, 0),
            new Position(-1, 3));
    TableState copying =
        TableState.initial(TABLE, new TableId("bronze", "ab"))
            .copying(
                new CopyPlan(
                    "123,456", List.of(new CopyRange("a:0-9", 10), new CopyRange("a:9-", -1))),
                Position.at(5),
                Position.at(7));
    TableState failed =
        TableState.initial(new TableId("public", "c"), TABLE)
            .errored(
                new TableError("X_Y", "why", "do this", Instant.parse("2026-01-02T03:04:05Z")));
    var activity =
        new Activity(
            Instant.parse("2026-01-02T03:04:05Z"),
            Position.at(1),
            Position.at(9),
            8,
            2,
            3,
            4,
            1.5,
            null);
    try (StateStore store = openStore()) {
      store.saveReplication(replication);
      store.saveTable("shop.main", copying);
      store.saveTable("shop.main", failed);
      store.saveActivity("shop.main", activity);
    }
    try (StateStore store = openStore()) {
      assertThat(store.replication("shop.main")).contains(replication);
      assertThat(store.tables("shop.main")).containsExactlyInAnyOrder(copying, failed);
      assertThat(store.activity("shop.main")).contains(activity);
      assertThat(store.tables("another")).isEmpty();
    }
  }

  @Test
  default void keepsShapesByPosition() {
    TableSchema first =
        new TableSchema(
            TABLE,
            List.of(
                new Column(7, "id", Primitive.INT64, false, "bigint"),
                new Column("tags", new ListOf(new Decimal(10, 2)), true, "numeric(10,2)[]")),
            List.of(0),
            RowIdentity.KEY);
    TableSchema second = new TableSchema(TABLE, List.of(), List.of(), RowIdentity.FULL_ROW);
    try (StateStore store = openStore()) {
      store.saveSchema("r", new SchemaVersion(new Position(-5, 0), second));
      store.saveSchema("r", new SchemaVersion(Position.at(10), first));
      assertThat(store.schemas("r", TABLE))
          .extracting(SchemaVersion::schema)
          .containsExactly(first, second);
      assertThat(store.schemaAt("r", TABLE, Position.at(9))).isEmpty();
      assertThat(store.schemaAt("r", TABLE, Position.at(10)).orElseThrow().schema())
          .isEqualTo(first);
      assertThat(store.schemaAt("r", TABLE, new Position(-1, 0)).orElseThrow().schema())
          .isEqualTo(second);
    }
  }

  @Test
  default void givesTheRightToRunToOneAtATime() {
    try (StateStore store = openStore()) {
      assertThat(store.holder("shop")).isEmpty();
      try (Lease lease = store.acquire("shop", HOLDER)) {
        assertThat(lease.held()).isTrue();
        assertThat(store.holder("shop")).contains(HOLDER);
        assertThatThrownBy(() -> store.acquire("shop", HOLDER))
            .hasMessageContaining("pid 42 on here");
      }
      assertThat(store.holder("shop")).isEmpty();
      store.acquire("shop", HOLDER).close();
    }
  }

  @Test
  default void forgetsAReplicationWhole() {
    try (StateStore store = openStore()) {
      store.saveReplication(new ReplicationState("r", null, Position.START, Position.START));
      store.saveTable("r", TableState.initial(TABLE, TABLE).in(TablePhase.PAUSED));
      store.deleteReplication("r");
      assertThat(store.replications()).isEmpty();
      assertThat(store.tables("r")).isEmpty();
    }
  }
}
