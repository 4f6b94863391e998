package dev.leat.generate.dbt;

import dev.leat.generate.PlannedNode;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of dbt's own beside a model with history. It knows no surrogate keys and puts no late
 * row into its place, so the model is what makes the same rows; the snapshot is only offered.
 *
 * @param name of it
 * @param yaml the file
 */
record DbtSnapshot(String name, Map<String, Object> yaml) {

  /** Empty for models without history, and where the time of a version is no column. */
  static Optional<DbtSnapshot> of(PlannedNode node, DbtNames names) {
    if (!node.step().kind().name().equals("scd2") || node.step().definition().from().isEmpty()) {
      return Optional.empty();
    }
    OptionValues options = node.step().definition().options();
    String validFrom = options.string("valid_from");
    TableId from = node.step().definition().from().getFirst();
    if (!DbtProperties.isPlain(validFrom)) {
      return Optional.empty();
    }
    List<String> track = options.strings("track");
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("enabled", "{{ var('leat_snapshots', false) }}");
    config.put("schema", node.dataset().schema());
    config.put("unique_key", options.strings("key"));
    config.put("strategy", track.isEmpty() ? "timestamp" : "check");
    if (!track.isEmpty()) {
      config.put("check_cols", track);
    }
    config.put("updated_at", validFrom);
    config.put(
        "hard_deletes",
        options.optional("deletes", String.class).orElse("keep").equals("close")
            ? "invalidate"
            : "ignore");
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("dbt_valid_from", "valid_from");
    columns.put("dbt_valid_to", "valid_to");
    config.put("snapshot_meta_column_names", columns);
    Map<String, Object> snapshot = new LinkedHashMap<>();
    String name = names.model(node.dataset()) + "_snapshot";
    snapshot.put("name", name);
    snapshot.put(
        "description",
        "The versions of "
            + from
            + " as dbt keeps them, without surrogate keys and late rows; made with --vars"
            + " 'leat_snapshots: true'. The model "
            + names.model(node.dataset())
            + " has all of them.");
    snapshot.put("relation", names.reference(from));
    snapshot.put("config", config);
    return Optional.of(new DbtSnapshot(name, Map.of("snapshots", List.of(snapshot))));
  }
}
