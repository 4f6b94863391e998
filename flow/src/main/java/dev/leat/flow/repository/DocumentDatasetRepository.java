package dev.leat.flow.repository;

import dev.leat.flow.json.JsonFields;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.schema.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Datasets as documents, one each. */
public final class DocumentDatasetRepository implements DatasetRepository {
  private final RecordCollection<Dataset> datasets;

  public DocumentDatasetRepository(Documents documents) {
    this.datasets =
        new RecordCollection<>(
            documents,
            "datasets",
            DocumentDatasetRepository::write,
            DocumentDatasetRepository::read);
  }

  @Override
  public void save(Dataset dataset) {
    datasets.put(key(dataset.name()), dataset);
  }

  @Override
  public Optional<Dataset> find(TableId name) {
    return datasets.get(key(name));
  }

  @Override
  public List<Dataset> list() {
    return datasets.list("", Integer.MAX_VALUE, false);
  }

  @Override
  public void delete(TableId name) {
    datasets.delete(key(name));
  }

  private static String key(TableId name) {
    return Keys.of(name.schema(), name.table());
  }

  private static Map<String, @Nullable Object> write(Dataset dataset) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", dataset.name().toString());
    json.put("description", dataset.description());
    json.put("owner", dataset.owner());
    json.put("columns", ColumnJson.write(dataset.columns()));
    json.put("key", dataset.key());
    json.put("flow", dataset.flow());
    json.put("made_by", dataset.madeBy());
    json.put("engine", dataset.engine());
    json.put("updated", dataset.updated().toString());
    return json;
  }

  private static Dataset read(JsonFields json) {
    return new Dataset(
        json.table("name"),
        json.text("description"),
        json.text("owner"),
        ColumnJson.columns(json, "columns"),
        json.texts("key"),
        json.text("flow"),
        json.text("made_by"),
        json.text("engine"),
        json.instant("updated"));
  }
}
