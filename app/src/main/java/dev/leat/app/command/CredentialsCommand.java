package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.TextTable;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.credential.EncryptedCredentialStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leat credentials}. */
@Command(
    name = "credentials",
    description = {
      "Keeps the secrets that flow files refer to as secret:NAME; in an encrypted file of yours, or",
      "where [credentials] of the flow says."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The key of an encrypted store comes from LEAT_CREDENTIALS_KEY, from the file that",
      "LEAT_CREDENTIALS_KEY_FILE names, or is asked for.",
      "",
      "Examples:",
      "  leat credentials set shop_pg              asks for the value",
      "  pass show shop | leat credentials set shop_pg",
      "  leat credentials list --flow shop.toml"
    })
final class CredentialsCommand extends LeatCommand {
  private static final ErrorCode MISSING =
      new ErrorCode("CREDENTIALS_MISSING", ErrorCategory.CONFIG);

  @Spec private CommandSpec spec = CommandSpec.create();

  CredentialsCommand(CommandContext context) {
    super(context);
  }

  /** With its subcommands. */
  static CommandLine line(CommandContext context) {
    return new CommandLine(new CredentialsCommand(context))
        .addSubcommand(new CredentialsSetCommand(context))
        .addSubcommand(new Get(context))
        .addSubcommand(new ListAll(context))
        .addSubcommand(new Delete(context))
        .addSubcommand(new CredentialsRotateCommand(context));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "credentials needs one of set, get, list, delete, rotate");
  }

  private static LeatException missing(String name, CredentialStore store) {
    List<String> names = store.list().stream().map(CredentialStore.Entry::name).toList();
    return new LeatException(
        MISSING,
        "there is no secret %s in %s".formatted(name, store.describe()),
        names.isEmpty()
            ? "leat credentials set " + name
            : "leat credentials set " + name + ", or leat credentials list for those there are");
  }

  /** {@code leat credentials get}. */
  @Command(
      name = "get",
      description = "Says whether a secret is there; prints it with --reveal.",
      mixinStandardHelpOptions = true)
  static final class Get extends LeatCommand {
    @Mixin private CredentialStoreArgument where = new CredentialStoreArgument();

    @Parameters(index = "0", paramLabel = "NAME", description = "the secret's name")
    private String name = "";

    @Option(names = "--reveal", description = "print the value on standard output")
    private boolean reveal;

    Get(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      Credentials.requireName(name);
      try (CredentialStore store = where.open(context)) {
        if (!reveal) {
          return describe(store);
        }
        String value = store.get(name).orElseThrow(() -> missing(name, store)).reveal();
        if (json()) {
          Map<String, Object> json = CredentialStoreArgument.facts(store, name);
          json.put("value", value);
          printJson(json);
        } else {
          terminal().out().println(value);
        }
      }
      return ExitCode.DONE;
    }

    private int describe(CredentialStore store) {
      // A variable may be known by several names.
      Optional<Instant> changed =
          store.list().stream()
              .filter(entry -> entry.name().equals(name))
              .findFirst()
              .orElseGet(
                  () -> {
                    if (store instanceof EncryptedCredentialStore || store.get(name).isEmpty()) {
                      throw missing(name, store);
                    }
                    return new CredentialStore.Entry(name, Optional.empty());
                  })
              .changed();
      if (json()) {
        Map<String, Object> json = CredentialStoreArgument.facts(store, name);
        changed.ifPresent(at -> json.put("changed", at.toString()));
        printJson(json);
      }
      say(
          name
              + " is in "
              + store.describe()
              + changed.map(at -> ", changed " + CredentialStoreArgument.time(at)).orElse("")
              + "; add --reveal to print it");
      return ExitCode.DONE;
    }
  }

  /** {@code leat credentials list}. */
  @Command(
      name = "list",
      description = "Lists the names of the secrets, and when they were changed.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends LeatCommand {
    @Mixin private CredentialStoreArgument where = new CredentialStoreArgument();

    ListAll(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      try (CredentialStore store = where.open(context)) {
        List<CredentialStore.Entry> entries = store.list();
        if (json()) {
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("store", store.describe());
          json.put("secrets", entries.stream().map(ListAll::json).toList());
          printJson(json);
          return ExitCode.DONE;
        }
        if (entries.isEmpty()) {
          say("there are no secrets in " + store.describe());
          say("next: leat credentials set NAME");
          return ExitCode.DONE;
        }
        say(store.describe() + ":");
        TextTable table = new TextTable(List.of("NAME", "CHANGED"));
        entries.forEach(
            entry ->
                table.row(
                    entry.name(), entry.changed().map(CredentialStoreArgument::time).orElse("")));
        terminal().print(table);
      }
      return ExitCode.DONE;
    }

    private static Map<String, Object> json(CredentialStore.Entry entry) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", entry.name());
      entry.changed().ifPresent(at -> json.put("changed", at.toString()));
      return json;
    }
  }

  /** {@code leat credentials delete}. */
  @Command(name = "delete", description = "Removes a secret.", mixinStandardHelpOptions = true)
  static final class Delete extends LeatCommand {
    @Mixin private CredentialStoreArgument where = new CredentialStoreArgument();

    @Parameters(index = "0", paramLabel = "NAME", description = "the secret's name")
    private String name = "";

    Delete(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      Credentials.requireName(name);
      try (CredentialStore store = where.open(context)) {
        if (!store.delete(name)) {
          throw missing(name, store);
        }
        if (json()) {
          printJson(CredentialStoreArgument.facts(store, name));
        }
        say("deleted " + name + " from " + store.describe());
      }
      return ExitCode.DONE;
    }
  }
}
