package dev.leat.app.output;

import java.io.IOException;
import java.util.Optional;

/** What a person types, or another program hands over. */
public interface Input {
  /** Nobody is there, and nothing is handed over. */
  Input NONE =
      new Input() {
        @Override
        public boolean isTerminal() {
          return false;
        }

        @Override
        public String rest() {
          return "";
        }

        @Override
        public Optional<String> hidden(String prompt) {
          return Optional.empty();
        }
      };

  /** Whether standard input is a terminal. */
  boolean isTerminal();

  /** What is left of standard input. */
  String rest() throws IOException;

  /**
   * A line that is typed at the terminal without being shown, wherever standard input comes from;
   * empty if there is no terminal.
   */
  Optional<String> hidden(String prompt);
}
