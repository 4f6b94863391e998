package dev.leat.flow.migration;

import dev.leat.flow.json.JsonFields;
import dev.leat.flow.repository.Keys;
import dev.leat.flow.repository.RecordCollection;
import dev.leat.spi.repository.Documents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Migrations as documents, one each, under the engine's name and their numbers. */
public final class DocumentMigrationRepository implements MigrationRepository {
  private final RecordCollection<MigrationRecord> migrations;
  private final String engine;

  /**
   * The migrations of one engine.
   *
   * @param engine what tells it from the flow's other engines, also those of other environments
   */
  public DocumentMigrationRepository(Documents documents, String engine) {
    this.engine = engine;
    this.migrations =
        new RecordCollection<>(
            documents,
            "migrations",
            DocumentMigrationRepository::write,
            DocumentMigrationRepository::read);
  }

  @Override
  public MigrationRecord begin(Migration migration, Instant at) {
    while (true) {
      long number =
          migrations.list(Keys.below(engine), 1, true).stream()
                  .mapToLong(MigrationRecord::number)
                  .sum()
              + 1;
      MigrationRecord next =
          new MigrationRecord(number, migration, MigrationRecord.State.PENDING, at, null);
      if (migrations.putNew(key(next), next)) {
        return next;
      }
    }
  }

  @Override
  public void save(MigrationRecord migration) {
    migrations.put(key(migration), migration);
  }

  @Override
  public void delete(MigrationRecord migration) {
    migrations.delete(key(migration));
  }

  @Override
  public List<MigrationRecord> list() {
    return migrations.list(Keys.below(engine), Integer.MAX_VALUE, true);
  }

  private String key(MigrationRecord migration) {
    return Keys.of(engine, Keys.number(migration.number()));
  }

  private static Map<String, @Nullable Object> write(MigrationRecord each) {
    Migration migration = each.migration();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("number", each.number());
    json.put("id", migration.id());
    json.put("dataset", migration.dataset().toString());
    json.put("state", each.state().name().toLowerCase(Locale.ROOT));
    json.put("at", each.at().toString());
    if (each.rolledBackAt() != null) {
      json.put("rolled_back_at", each.rolledBackAt().toString());
    }
    json.put("changes", migration.changes());
    json.put("up", migration.up());
    json.put("down", migration.down());
    json.put("lost_by_up", migration.lostByUp());
    json.put("lost_by_down", migration.lostByDown());
    json.put("before", columns(migration.before()));
    json.put("after", columns(migration.after()));
    return json;
  }

  private static MigrationRecord read(JsonFields json) {
    return new MigrationRecord(
        json.number("number"),
        new Migration(
            json.text("id"),
            json.table("dataset"),
            json.texts("changes"),
            json.texts("up"),
            json.texts("down"),
            json.texts("lost_by_up"),
            json.texts("lost_by_down"),
            columns(json, "before"),
            columns(json, "after")),
        json.parsed(
            "state",
            "one of pending, applied, rolling_back, rolled_back",
            text -> MigrationRecord.State.valueOf(text.toUpperCase(Locale.ROOT))),
        json.instant("at"),
        json.instantOrNull("rolled_back_at"));
  }

  private static List<Map<String, String>> columns(SortedMap<String, String> columns) {
    List<Map<String, String>> json = new ArrayList<>();
    columns.forEach(
        (name, type) -> {
          Map<String, String> column = new LinkedHashMap<>();
          column.put("name", name);
          column.put("type", type);
          json.add(column);
        });
    return json;
  }

  private static SortedMap<String, String> columns(JsonFields json, String key) {
    SortedMap<String, String> columns = new TreeMap<>();
    json.objects(
        key,
        each ->
            each.all(
                column ->
                    columns.merge(column.text("name"), column.text("type"), (_, last) -> last)));
    return columns;
  }
}
