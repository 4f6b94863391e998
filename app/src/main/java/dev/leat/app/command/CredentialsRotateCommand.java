package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Numbers;
import dev.leat.credentials.KeySource;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.credential.EncryptedCredentialStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leat credentials rotate}. */
@Command(
    name = "rotate",
    description = {
      "Encrypts all secrets of a store again, under another key. The new one comes from the file that",
      "--new-key-file names, from LEAT_CREDENTIALS_NEW_KEY, or is asked for."
    },
    mixinStandardHelpOptions = true)
final class CredentialsRotateCommand extends LeatCommand {
  private static final String NEW_KEY = "LEAT_CREDENTIALS_NEW_KEY";
  private static final ErrorCode NOT_ENCRYPTED =
      new ErrorCode("CREDENTIALS_NOT_ENCRYPTED", ErrorCategory.CONFIG);

  @Mixin private CredentialStoreArgument where = new CredentialStoreArgument();

  @Option(
      names = "--new-key-file",
      paramLabel = "FILE",
      description = "holds the new key; readable for you only")
  private @Nullable Path file;

  CredentialsRotateCommand(CommandContext context) {
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
