package dev.leat.flow.repository;

import dev.leat.flow.json.JsonFields;
import dev.leat.spi.repository.Documents;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Flows as documents, one for each version. */
public final class DocumentFlowRepository implements FlowRepository {
  private final RecordCollection<FlowDefinition> flows;

  public DocumentFlowRepository(Documents documents) {
    this.flows =
        new RecordCollection<>(
            documents, "flows", DocumentFlowRepository::write, DocumentFlowRepository::read);
  }

  /** Whoever loses a race for a version looks again at what is the latest. */
  @Override
  public FlowDefinition save(
      String name, String text, Map<String, String> instructions, Instant at) {
    while (true) {
      FlowDefinition latest = latest(name).orElse(null);
      FlowDefinition next =
          new FlowDefinition(
              name,
              latest == null ? 1 : latest.version() + 1,
              text,
              new TreeMap<>(instructions),
              at);
      if (latest != null
          && latest.text().equals(text)
          && latest.instructions().equals(next.instructions())) {
        return latest;
      }
      if (flows.putNew(key(name, next.version()), next)) {
        return next;
      }
    }
  }

  @Override
  public Optional<FlowDefinition> latest(String name) {
    return history(name, 1).stream().findFirst();
  }

  @Override
  public Optional<FlowDefinition> find(String name, long version) {
    return flows.get(key(name, version));
  }

  @Override
  public List<FlowDefinition> history(String name, int limit) {
    return flows.list(Keys.below(name), limit, true);
  }

  private static String key(String name, long version) {
    return Keys.of(name, Keys.number(version));
  }

  private static Map<String, @Nullable Object> write(FlowDefinition flow) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", flow.name());
    json.put("version", flow.version());
    json.put("saved_at", flow.savedAt().toString());
    json.put("hash", flow.hash());
    json.put("fingerprint", flow.fingerprint());
    json.put("text", flow.text());
    json.put(
        "instructions",
        flow.instructions().entrySet().stream()
            .map(each -> Map.of("name", each.getKey(), "instruction", each.getValue()))
            .map(TreeMap::new)
            .toList());
    return json;
  }

  private static FlowDefinition read(JsonFields json) {
    Map<String, String> instructions = new LinkedHashMap<>();
    json.objects(
        "instructions",
        each ->
            each.all(
                instruction ->
                    instructions.put(instruction.text("name"), instruction.text("instruction"))));
    FlowDefinition flow =
        new FlowDefinition(
            json.text("name"),
            json.number("version"),
            json.text("text"),
            new TreeMap<>(instructions),
            json.instant("saved_at"));
    if (!json.text("hash").equals(flow.hash())) {
      throw json.wrong("hash", "that of the text");
    }
    if (!json.text("fingerprint").equals(flow.fingerprint())) {
      throw json.wrong("fingerprint", "that of the instructions");
    }
    return flow;
  }
}
