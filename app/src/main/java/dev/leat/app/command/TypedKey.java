package dev.leat.app.command;

import dev.leat.app.output.Input;
import dev.leat.spi.credential.KeyPrompt;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.util.Optional;

/** Asks at the terminal for the key of an encrypted store. */
record TypedKey(Input input) implements KeyPrompt {
  private static final ErrorCode NOT_REPEATED =
      new ErrorCode("CREDENTIALS_KEY_NOT_REPEATED", ErrorCategory.CONFIG);

  @Override
  public Optional<Secret> ask(String what, boolean isNew) {
    Optional<String> key = input.hidden((isNew ? "new key for " : "key for ") + what + ": ");
    if (isNew && key.isPresent() && !input.hidden("the same again: ").equals(key)) {
      throw new LeatException(
          NOT_REPEATED, "the two keys that were typed are not the same", "type it again");
    }
    return key.map(Secret::new);
  }
}
