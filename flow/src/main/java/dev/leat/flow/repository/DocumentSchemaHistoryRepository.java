package dev.leat.flow.repository;

import dev.leat.flow.json.JsonFields;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Schema histories as documents, one for each version. */
public final class DocumentSchemaHistoryRepository implements SchemaHistoryRepository {
  private final RecordCollection<SchemaChange> versions;

  public DocumentSchemaHistoryRepository(Documents documents) {
    this.versions =
        new RecordCollection<>(
            documents,
            "schema_history",
            DocumentSchemaHistoryRepository::write,
            DocumentSchemaHistoryRepository::read);
  }

  @Override
  public Optional<SchemaChange> append(
      TableId dataset,
      List<Column> columns,
      List<ColumnChange.Renamed> renames,
      String run,
      Instant at) {
    while (true) {
      SchemaChange latest = latest(dataset).orElse(null);
      if (latest != null && latest.columns().equals(columns)) {
        return Optional.empty();
      }
      SchemaChange next =
          new SchemaChange(
              dataset,
              latest == null ? 1 : latest.version() + 1,
              columns,
              changes(dataset, latest == null ? List.of() : latest.columns(), columns, renames),
              run,
              at);
      if (versions.putNew(key(dataset, next.version()), next)) {
        return Optional.of(next);
      }
    }
  }

  @Override
  public Optional<SchemaChange> latest(TableId dataset) {
    return versions.list(below(dataset), 1, true).stream().findFirst();
  }

  @Override
  public Optional<SchemaChange> at(TableId dataset, long version) {
    return versions.get(key(dataset, version));
  }

  @Override
  public List<SchemaChange> list(TableId dataset) {
    return versions.list(below(dataset), Integer.MAX_VALUE, false);
  }

  /** Renames first; what is left differs by name. */
  private static List<ColumnChange> changes(
      TableId dataset,
      List<Column> before,
      List<Column> after,
      List<ColumnChange.Renamed> renames) {
    List<Column> renamed = new ArrayList<>();
    for (Column column : before) {
      String name =
          renames.stream()
              .filter(rename -> rename.before().name().equals(column.name()))
              .map(rename -> rename.after().name())
              .findFirst()
              .orElse(column.name());
      renamed.add(new Column(name, column.type(), column.nullable(), column.sourceType()));
    }
    List<ColumnChange> changes = new ArrayList<>(renames);
    changes.addAll(ColumnChange.between(schema(dataset, renamed), schema(dataset, after)));
    return changes;
  }

  private static TableSchema schema(TableId dataset, List<Column> columns) {
    return new TableSchema(dataset, columns, List.of(), RowIdentity.NONE);
  }

  private static String key(TableId dataset, long version) {
    return Keys.of(dataset.schema(), dataset.table(), Keys.number(version));
  }

  private static String below(TableId dataset) {
    return Keys.below(dataset.schema(), dataset.table());
  }

  private static Map<String, @Nullable Object> write(SchemaChange version) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("dataset", version.dataset().toString());
    json.put("version", version.version());
    json.put("run", version.run());
    json.put("at", version.at().toString());
    json.put("columns", ColumnJson.write(version.columns()));
    json.put("changes", version.changes().stream().map(ColumnJson::write).toList());
    return json;
  }

  private static SchemaChange read(JsonFields json) {
    return new SchemaChange(
        json.table("dataset"),
        json.number("version"),
        ColumnJson.columns(json, "columns"),
        ColumnJson.changes(json, "changes"),
        json.text("run"),
        json.instant("at"));
  }
}
