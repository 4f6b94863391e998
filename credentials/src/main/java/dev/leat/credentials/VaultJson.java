package dev.leat.credentials;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.LeatException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A vault as text. */
final class VaultJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private VaultJson() {}

  static String write(Vault vault) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", Vault.FORMAT);
    json.put("version", Vault.VERSION);
    ObjectNode key = json.putObject("key");
    key.put("algorithm", KeyDerivation.ALGORITHM);
    key.put("memory_kib", vault.derivation().memory());
    key.put("iterations", vault.derivation().iterations());
    key.put("parallelism", vault.derivation().parallelism());
    key.put("salt", vault.derivation().salt());
    json.put("check", vault.check());
    ObjectNode entries = json.putObject("entries");
    vault
        .entries()
        .forEach(
            (name, entry) -> {
              ObjectNode written = entries.putObject(name);
              written.put("changed", entry.changed().toString());
              written.put("value", entry.sealed());
            });
    json.put("seal", vault.seal());
    return json.toPrettyString() + "\n";
  }

  /**
   * Reads a vault.
   *
   * @param place for messages
   * @throws LeatException with code {@link Credentials#DAMAGED}
   */
  static Vault read(String text, String place) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Its message may quote the text.
      throw damaged(place, "is not JSON, or was cut off", null);
    }
    if (json == null || !json.path("format").asText().equals(Vault.FORMAT)) {
      throw damaged(place, "holds something else than secrets of Leat", null);
    }
    int version = json.path("version").asInt();
    if (version > Vault.VERSION) {
      throw new LeatException(
          Credentials.DAMAGED,
          place + " was written by a newer version of Leat",
          "use that version, or a newer one");
    }
    JsonNode key = json.path("key");
    if (version != Vault.VERSION
        || !key.path("algorithm").asText().equals(KeyDerivation.ALGORITHM)
        || !json.path("entries").isObject()) {
      throw damaged(place, "has a form that Leat does not know", null);
    }
    try {
      SortedMap<String, Vault.Entry> entries = new TreeMap<>();
      json.path("entries")
          .properties()
          .forEach(
              entry ->
                  entries.put(
                      entry.getKey(),
                      new Vault.Entry(
                          Instant.parse(entry.getValue().path("changed").asText()),
                          entry.getValue().path("value").asText())));
      return new Vault(
          new KeyDerivation(
              key.path("memory_kib").asInt(),
              key.path("iterations").asInt(),
              key.path("parallelism").asInt(),
              key.path("salt").asText()),
          json.path("check").asText(),
          entries,
          json.path("seal").asText());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw damaged(place, "has a form that Leat does not know", e);
    }
  }

  static LeatException damaged(String place, String how, @Nullable Throwable cause) {
    return new LeatException(
        Credentials.DAMAGED,
        place + " " + how,
        "put it back from a backup; if there is none, remove it and put the secrets there again",
        cause);
  }
}
