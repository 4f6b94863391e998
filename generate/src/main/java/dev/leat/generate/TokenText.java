package dev.leat.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Text with tokens in it: each is a number between two characters of Unicode's private use, which
 * nothing else in a flow has.
 */
public final class TokenText {
  private static final char OPEN = '\uE0F0';
  private static final char CLOSE = '\uE0F1';

  private final List<Token> tokens = new ArrayList<>();

  /** What stands for a token. */
  public synchronized String of(Token token) {
    int index = tokens.indexOf(token);
    if (index < 0) {
      index = tokens.size();
      tokens.add(token);
    }
    return OPEN + Integer.toString(index) + CLOSE;
  }

  /** The tokens in a text, in order. */
  public List<Token> in(String text) {
    List<Token> found = new ArrayList<>();
    String unused =
        render(
            text,
            token -> {
              found.add(token);
              return "";
            },
            UnaryOperator.identity());
    return found;
  }

  /**
   * The text as a tool wants it.
   *
   * @param written each token
   * @param plain the text between
   */
  public String render(String text, Function<Token, String> written, UnaryOperator<String> plain) {
    StringBuilder result = new StringBuilder();
    int from = 0;
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
      int close = text.indexOf(CLOSE, open);
      result.append(plain.apply(text.substring(from, open)));
      result.append(written.apply(token(Integer.parseInt(text.substring(open + 1, close)))));
      from = close + 1;
    }
    return result.append(plain.apply(text.substring(from))).toString();
  }

  private synchronized Token token(int index) {
    return tokens.get(index);
  }
}
