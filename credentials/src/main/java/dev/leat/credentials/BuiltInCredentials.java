package dev.leat.credentials;

import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.CredentialStoreConnector;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.repository.DocumentsConnector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code [credentials] type} may be without a plugin for it. */
public final class BuiltInCredentials {
  /** What is used if nothing else is said. */
  public static final String USUAL = "keystore";

  private static final Option KEY_FILE =
      Option.optional(
          "key_file",
          OptionType.PATH,
          "",
          "A file with the key, not in the folder of the flow; by default LEAT_CREDENTIALS_KEY,"
              + " LEAT_CREDENTIALS_KEY_FILE, or what is typed",
          "\"/etc/leat/key\"");

  private BuiltInCredentials() {}

  /**
   * {@code keystore}, {@code environment}, {@code files}, and one for each system that keeps
   * documents.
   *
   * @param documents by the name of the system
   */
  public static List<CredentialStoreConnector> connectors(
      Map<String, DocumentsConnector> documents) {
    List<CredentialStoreConnector> connectors =
        new ArrayList<>(List.of(new Keystore(), new Environment(), new Folder()));
    documents.forEach((system, connector) -> connectors.add(new Database(system, connector)));
    return connectors;
  }

  private static final class Keystore implements CredentialStoreConnector {
    @Override
    public String type() {
      return USUAL;
    }

    @Override
    public List<Option> options() {
      return List.of(
          Option.optional(
              "path",
              OptionType.PATH,
              "",
              "The encrypted file; by default LEAT_CREDENTIALS_FILE, or leat/credentials in your"
                  + " folder of settings, such as ~/.config",
              "\"/etc/leat/credentials\""),
          KEY_FILE);
    }

    @Override
    public CredentialStore open(CredentialContext context, OptionValues options) {
      return new SealedStore(
          new KeystoreFile(
              options
                  .optional("path", Path.class)
                  .orElseGet(() -> KeystoreFile.usual(context.environment()))),
          new KeySource(context, options.optional("key_file", Path.class)),
          KeyDerivation.Cost.USUAL);
    }
  }

  private record Database(String type, DocumentsConnector documents)
      implements CredentialStoreConnector {
    @Override
    public List<Option> options() {
      List<Option> options = new ArrayList<>(documents.options());
      options.add(
          Option.optional(
              "name",
              OptionType.STRING,
              "\"credentials\"",
              "Tells sets of secrets apart that are at one place",
              "\"prod\""));
      options.add(
          Option.optional(
              "folder",
              OptionType.PATH,
              "",
              "Where a system that has files keeps them; beside the state of the flow by default",
              "\"/var/lib/leat\""));
      options.add(KEY_FILE);
      return List.copyOf(options);
    }

    @Override
    public CredentialStore open(CredentialContext context, OptionValues options) {
      String name = options.optional("name", String.class).orElse("credentials");
      Path folder =
          options
              .optional("folder", Path.class)
              .orElseGet(() -> context.flowFolder().orElse(Path.of("")).resolve(".leat"));
      return new SealedStore(
          new DocumentsVault(
              "the secrets %s in %s".formatted(name, type),
              write -> open(folder, name, options, write)),
          new KeySource(context, options.optional("key_file", Path.class)),
          KeyDerivation.Cost.USUAL);
    }

    private Documents open(Path folder, String name, OptionValues options, boolean write) {
      return documents.open(folder, name, options, write);
    }
  }

  private static final class Environment implements CredentialStoreConnector {
    @Override
    public String type() {
      return "environment";
    }

    @Override
    public List<Option> options() {
      return List.of(
          Option.optional(
              "prefix",
              OptionType.STRING,
              "\"LEAT_SECRET_\"",
              "What the names of the variables begin with; the secret shop_pg is in PREFIX + SHOP_PG",
              "\"SHOP_\""));
    }

    @Override
    public CredentialStore open(CredentialContext context, OptionValues options) {
      return new EnvironmentStore(
          context.environment(), options.optional("prefix", String.class).orElse("LEAT_SECRET_"));
    }
  }

  private static final class Folder implements CredentialStoreConnector {
    @Override
    public String type() {
      return "files";
    }

    @Override
    public List<Option> options() {
      return List.of(
          Option.required(
              "folder",
              OptionType.PATH,
              "The folder with a file for each secret",
              "\"/run/secrets\""));
    }

    @Override
    public CredentialStore open(CredentialContext context, OptionValues options) {
      return new FilesStore(options.path("folder"));
    }
  }
}
