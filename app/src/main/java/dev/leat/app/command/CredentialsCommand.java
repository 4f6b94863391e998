package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.app.output.TextTable;
import dev.leat.credentials.KeySource;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.credential.EncryptedCredentialStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

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
        .addSubcommand(new Set(context))
        .addSubcommand(new Get(context))
        .addSubcommand(new ListAll(context))
        .addSubcommand(new Delete(context))
        .addSubcommand(new Rotate(context));
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

  private static Map<String, Object> facts(CredentialStore store, String name) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", true);
    json.put("store", store.describe());
    json.put("name", name);
    return json;
  }

  /** {@code leat credentials set}. */
  @Command(
      name = "set",
      description = {
        "Makes or replaces a secret. The value is asked for, or read from standard input; it is never",
        "an argument, which others could see and the shell would remember."
      },
      mixinStandardHelpOptions = true)
  static final class Set extends LeatCommand {
    private static final ErrorCode VALUE_SHOWN = new ErrorCode("USAGE", ErrorCategory.CONFIG);
    private static final ErrorCode NO_VALUE =
        new ErrorCode("CREDENTIALS_VALUE", ErrorCategory.CONFIG);

    @Mixin private CredentialStoreArgument where = new CredentialStoreArgument();

    @Parameters(index = "0", paramLabel = "NAME", description = "the secret's name")
    private String name = "";

    /** Taken so that no message repeats it. */
    @Unmatched private List<String> more = new ArrayList<>();

    Set(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      if (!more.isEmpty()) {
        throw new LeatException(
            VALUE_SHOWN,
            "set takes a name and nothing else; what follows it was not stored",
            "if that was the secret, change it: it may be in the history of the shell. leat"
                + " credentials set NAME asks for the value, or reads it from standard input");
      }
      Credentials.requireName(name);
      try (CredentialStore store = where.open(context)) {
        boolean known = store.list().stream().anyMatch(entry -> entry.name().equals(name));
        store.put(name, new Secret(value(name)));
        if (json()) {
          printJson(facts(store, name));
        }
        say((known ? "replaced " : "stored ") + name + " in " + store.describe());
        say("a flow refers to it as \"secret:" + name + "\"");
      }
      return ExitCode.DONE;
    }

    private String value(String name) {
      if (context.input().isTerminal()) {
        return context
            .input()
            .hidden("value of " + name + ": ")
            .orElseThrow(() -> new LeatException(NO_VALUE, "no value was typed", "type one"));
      }
      try {
        // One line break is what echo and editors add.
        String text = context.input().rest().replaceFirst("\\r?\\n\\z", "");
        if (text.isEmpty()) {
          throw new LeatException(
              NO_VALUE,
              "standard input is empty",
              "hand the value over, such as: pass show shop | leat credentials set " + name);
        }
        return text;
      } catch (IOException e) {
        throw new LeatException(
            NO_VALUE,
            "standard input is not text that can be a secret",
            "encode it, for example with base64",
            e);
      }
    }
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
          Map<String, Object> json = facts(store, name);
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
        Map<String, Object> json = facts(store, name);
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
        int width = terminal().outIsTerminal() ? terminal().size().columns() : 0;
        table.lines(width, terminal().outColor()).forEach(terminal().out()::println);
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
          printJson(facts(store, name));
        }
        say("deleted " + name + " from " + store.describe());
      }
      return ExitCode.DONE;
    }
  }

  /** {@code leat credentials rotate}. */
  @Command(
      name = "rotate",
      description = {
        "Encrypts all secrets of a store again, under another key. The new one comes from the file that",
        "--new-key-file names, from LEAT_CREDENTIALS_NEW_KEY, or is asked for."
      },
      mixinStandardHelpOptions = true)
  static final class Rotate extends LeatCommand {
    private static final String NEW_KEY = "LEAT_CREDENTIALS_NEW_KEY";
    private static final ErrorCode NOT_ENCRYPTED =
        new ErrorCode("CREDENTIALS_NOT_ENCRYPTED", ErrorCategory.CONFIG);

    @Mixin private CredentialStoreArgument where = new CredentialStoreArgument();

    @Option(
        names = "--new-key-file",
        paramLabel = "FILE",
        description = "holds the new key; readable for you only")
    private @Nullable Path file;

    Rotate(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      try (CredentialStore store = where.open(context)) {
        if (!(store instanceof EncryptedCredentialStore encrypted)) {
          throw new LeatException(
              NOT_ENCRYPTED,
              "%s are not encrypted by Leat, so that there is no key to change"
                  .formatted(store.describe()),
              "change the secrets where they are");
        }
        int count = encrypted.rotate(() -> newKey(store.describe()));
        if (json()) {
          printJson(Map.of("ok", true, "store", store.describe(), "secrets", count));
        }
        say("encrypted %s in %s again".formatted(Numbers.count(count, "secret"), store.describe()));
        say("next: give the new key wherever the old one was given");
      }
      return ExitCode.DONE;
    }

    private Secret newKey(String store) {
      Path named = file;
      if (named != null) {
        return KeySource.readFile(context.resolve(named), where.flowFolder(context));
      }
      String given = context.environment().getOrDefault(NEW_KEY, "");
      if (!given.isEmpty()) {
        return new Secret(given);
      }
      return new TypedKey(context.input())
          .ask(store, true)
          .orElseThrow(
              () ->
                  new LeatException(
                      Credentials.KEY_MISSING,
                      "nothing gives the new key, and there is no terminal to ask at",
                      "name a file that holds it with --new-key-file, or set " + NEW_KEY));
    }
  }
}
