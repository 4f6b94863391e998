package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code leat credentials set}. */
@Command(
    name = "set",
    description = {
      "Makes or replaces a secret. The value is asked for, or read from standard input; it is never",
      "an argument, which others could see and the shell would remember."
    },
    mixinStandardHelpOptions = true)
final class CredentialsSetCommand extends LeatCommand {
  private static final ErrorCode VALUE_SHOWN = new ErrorCode("USAGE", ErrorCategory.CONFIG);
  private static final ErrorCode NO_VALUE =
      new ErrorCode("CREDENTIALS_VALUE", ErrorCategory.CONFIG);

  @Mixin private CredentialStoreArgument where = new CredentialStoreArgument();

  @Parameters(index = "0", paramLabel = "NAME", description = "the secret's name")
  private String name = "";

  /** Taken so that no message repeats it. */
  @Unmatched private List<String> more = new ArrayList<>();

  CredentialsSetCommand(CommandContext context) {
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
        printJson(CredentialStoreArgument.facts(store, name));
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
