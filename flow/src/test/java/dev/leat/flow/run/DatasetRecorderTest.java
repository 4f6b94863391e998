package dev.leat.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.leat.flow.documents.MemoryDocuments;
import dev.leat.flow.repository.Dataset;
import dev.leat.flow.repository.DocumentDatasetRepository;
import dev.leat.flow.repository.DocumentSchemaHistoryRepository;
import dev.leat.flow.repository.SchemaChange;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DatasetRecorderTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final TableId ORDERS = new TableId("silver", "orders");

  private final MemoryDocuments documents = new MemoryDocuments();
  private final DatasetRecorder recorder = new DatasetRecorder(documents, "shop", "me");

  private static Column column(String name, boolean nullable) {
    return new Column(name, Primitive.TEXT, nullable, "");
  }

  private static Published published(boolean anew, Column... columns) {
    return new Published(ORDERS, "orders", "", "main", List.of(columns), List.of("id"), anew);
  }

  private Dataset dataset() {
    return new DocumentDatasetRepository(documents).find(ORDERS).orElseThrow();
  }

  private List<SchemaChange> history() {
    return new DocumentSchemaHistoryRepository(documents).list(ORDERS);
  }

  @Test
  void remembersColumnsOnceForAsLongAsTheyStay() {
    recorder.published(published(true, column("id", false)), "1", NOW);
    recorder.published(published(false, column("id", false)), "2", NOW);
    recorder.published(published(false, column("id", false), column("note", true)), "3", NOW);

    assertThat(history()).extracting(SchemaChange::run).containsExactly("1", "3");
    assertThat(dataset().owner()).isEqualTo("me");
    assertThat(dataset().key()).containsExactly("id");
  }

  @Test
  void rowsThatStayMayHaveNullWhereNewOnesNeverHave() {
    recorder.published(published(true, column("id", false), column("note", true)), "1", NOW);
    recorder.published(published(false, column("id", false), column("note", false)), "2", NOW);
    assertThat(dataset().columns().get(1).nullable()).isTrue();

    recorder.published(published(true, column("id", false), column("note", false)), "3", NOW);
    assertThat(dataset().columns().get(1).nullable()).isFalse();
  }

  @Test
  void aMigrationKeepsWhatIsKnownOfRenamedColumns() {
    recorder.published(published(true, column("id", false), column("name", false)), "1", NOW);
    var renamed = new ColumnChange.Renamed(column("name", false), column("full_name", true));
    recorder.migrated(
        ORDERS,
        List.of(column("id", true), column("full_name", true)),
        List.of(renamed),
        "migration 1",
        NOW);

    assertThat(dataset().columns())
        .containsExactly(column("id", false), column("full_name", false));
    assertThat(history().getLast().changes()).hasSize(1);
  }

  @Test
  void whatCannotBeRecordedFailsNothing() {
    DatasetRecorder refused = new DatasetRecorder(new ReadOnly(documents), "shop", "");
    assertThatCode(() -> refused.published(published(true, column("id", false)), "1", NOW))
        .doesNotThrowAnyException();
    assertThatCode(() -> refused.migrated(ORDERS, List.of(), List.of(), "m", NOW))
        .doesNotThrowAnyException();
    assertThat(history()).isEmpty();
  }

  private record ReadOnly(Documents documents) implements Documents {
    private static LeatException refused() {
      return new LeatException(
          new ErrorCode("STORE_READ_ONLY", ErrorCategory.CONFIG), "the store is full", "");
    }

    @Override
    public String describe() {
      return "full";
    }

    @Override
    public Optional<String> get(String collection, String key) {
      return documents.get(collection, key);
    }

    @Override
    public void put(String collection, String key, String text) {
      throw refused();
    }

    @Override
    public boolean putNew(String collection, String key, String text) {
      throw refused();
    }

    @Override
    public void delete(String collection, String key) {
      throw refused();
    }

    @Override
    public List<String> keys(String collection, String prefix, int limit, boolean descending) {
      return documents.keys(collection, prefix, limit, descending);
    }

    @Override
    public void close() {}
  }
}
