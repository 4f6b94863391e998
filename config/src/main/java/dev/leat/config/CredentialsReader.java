package dev.leat.config;

import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.CredentialStoreConnector;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/** Reads {@code [credentials]}, before what refers to the secrets there. */
final class CredentialsReader {
  /** The store of a flow that names none. */
  private static final String USUAL = "keystore";

  static final List<Option> CREDENTIALS =
      List.of(
          Option.required(
              "type",
              OptionType.STRING,
              "Where the secrets are that secret:NAME refers to; a keystore of your own by default",
              "\"keystore\""));

  private CredentialsReader() {}

  /** Where Leat is installed without its stores. */
  private enum NoStore implements CredentialStoreConnector {
    INSTANCE;

    @Override
    public String type() {
      return USUAL;
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public CredentialStore open(CredentialContext context, OptionValues options) {
      throw new LeatException(
          Credentials.UNAVAILABLE,
          "nothing that is installed keeps secrets",
          "add dev.leat:leat-credentials, or name a plugin's store in [credentials]");
    }
  }

  /** What each type of store understands. */
  static Map<String, List<Option>> options(Systems systems) {
    Map<String, List<Option>> options = new TreeMap<>();
    systems.credentials().forEach((type, connector) -> options.put(type, connector.options()));
    return options;
  }

  /**
   * Reads the section.
   *
   * @return the usual store if there is none; null if what it says is no store, which is reported
   */
  static @Nullable CredentialSection read(
      TomlTable toml,
      Path folder,
      Systems systems,
      Surroundings surroundings,
      SectionReader sections) {
    CredentialContext context =
        new CredentialContext(
            Optional.of(folder), surroundings.environment(), surroundings.prompt());
    Section section = sections.single(toml, "credentials");
    if (section == null) {
      return usual(systems, context);
    }
    int before = section.problemCount();
    OptionValues values = section.read(section.optionsOf("type", CREDENTIALS, options(systems)));
    CredentialStoreConnector connector = systems.credentials().get(section.text("type").orElse(""));
    return connector == null || section.problemCount() > before
        ? null
        : new CredentialSection(connector, context, new OptionValues(without(values)));
  }

  static CredentialSection usual(Systems systems, CredentialContext context) {
    CredentialStoreConnector connector = systems.credentials().get(USUAL);
    return new CredentialSection(
        connector == null ? NoStore.INSTANCE : connector, context, new OptionValues(Map.of()));
  }

  private static Map<String, Object> without(OptionValues values) {
    Map<String, Object> own = new LinkedHashMap<>(values.values());
    own.remove("type");
    return own;
  }
}
