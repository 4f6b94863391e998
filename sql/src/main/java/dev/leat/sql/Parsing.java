package dev.leat.sql;

import java.io.Reader;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.impl.SqlParserImpl;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.jspecify.annotations.Nullable;

/** Text to trees. */
final class Parsing {
  /** GROUP BY takes numbers and names of the SELECT list, as PostgreSQL's does. */
  static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public SelectAliasLookup isSelectAlias() {
          return SelectAliasLookup.UNSUPPORTED;
        }

        @Override
        public boolean isGroupByAlias() {
          return true;
        }

        @Override
        public boolean isGroupByOrdinal() {
          return true;
        }

        @Override
        public boolean isHavingAlias() {
          return false;
        }

        @Override
        public boolean isNonStrictGroupBy() {
          return false;
        }

        @Override
        public boolean isFromRequired() {
          return false;
        }

        @Override
        public boolean allowQualifyingCommonColumn() {
          return true;
        }

        @Override
        public boolean isColonFieldAccessAllowed() {
          return false;
        }

        @Override
        public boolean allowLenientCoercion() {
          return false;
        }
      };

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withLex(Lex.ORACLE)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.TO_LOWER)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(1000)
          .withConformance(CONFORMANCE);

  private static final Pattern ENCOUNTERED =
      Pattern.compile("Encountered \"([^\"]*)\"|Lexical error.*?Encountered: (.*)", Pattern.DOTALL);

  /** In the parser's own messages; it is one within the whole script. */
  private static final Pattern PLACE = Pattern.compile(" at line \\d+, column \\d+\\.?");

  private static final Recent<SqlNode> TREES = new Recent<>(2048);

  /**
   * The parser that a thread last used, for its next text, since a new one takes 60 KB. One that
   * met an error stopped somewhere within, and is left.
   */
  private static final ThreadLocal<@Nullable SqlAbstractParserImpl> IDLE = new ThreadLocal<>();

  private Parsing() {}

  /** One query, as a tree that the caller may change. */
  static SqlNode query(String text) {
    return TreeCopy.of(tree(text));
  }

  /** One query, as a tree that nobody may change. */
  static SqlNode tree(String text) {
    return TREES.of(text, Parsing::parsed);
  }

  private static SqlNode parsed(String text) {
    if (text.isBlank()) {
      throw syntax(SqlParserPos.ZERO, "the query is empty");
    }
    SqlNode node;
    try {
      node = parse(withoutEnd(text), SqlParser::parseStmt);
    } catch (SqlParseException e) {
      throw translate(e);
    }
    if (!SqlKind.QUERY.contains(node.getKind())) {
      throw new Problem(
          "SQL_SYNTAX",
          node.getParserPosition(),
          node.getKind().lowerName.toUpperCase(Locale.ROOT).replace('_', ' ') + " is not a query",
          "Write one SELECT; Leat itself writes its rows where they belong.");
    }
    return node;
  }

  /** One expression. */
  static SqlNode expression(String text) {
    try {
      return parse(text, SqlParser::parseExpression);
    } catch (SqlParseException e) {
      throw translate(e);
    }
  }

  private interface Start {
    SqlNode parse(SqlParser parser) throws SqlParseException;
  }

  private static SqlNode parse(String text, Start start) throws SqlParseException {
    SqlAbstractParserImpl idle = IDLE.get();
    SqlAbstractParserImpl used =
        idle == null ? SqlParserImpl.FACTORY.getParser(Reader.nullReader()) : idle;
    IDLE.remove();
    SqlParser parser =
        SqlParser.create(
            text,
            CONFIG.withParserFactory(
                reader -> {
                  used.ReInit(reader);
                  used.setOriginalSql(text);
                  return used;
                }));
    SqlNode node = start.parse(parser);
    IDLE.set(used);
    return node;
  }

  /** Without semicolons at the end. */
  static String withoutEnd(String text) {
    int end = text.length();
    while (end > 0
        && (Character.isWhitespace(text.charAt(end - 1)) || text.charAt(end - 1) == ';')) {
      end--;
    }
    return text.indexOf(';', end) >= 0 ? text.substring(0, end) : text;
  }

  private static Problem translate(SqlParseException e) {
    SqlParserPos position = e.getPos() == null ? SqlParserPos.ZERO : e.getPos();
    if (e.getCause() instanceof StackOverflowError) {
      return tooDeep(position);
    }
    String message = String.valueOf(e.getMessage());
    Matcher matcher = ENCOUNTERED.matcher(message);
    if (!matcher.find()) {
      return syntax(position, PLACE.matcher(firstLine(message)).replaceAll(""));
    }
    String what = matcher.group(1) == null ? "" : matcher.group(1);
    if (what.equals("<EOF>")) {
      return syntax(position, "the query ends too early");
    }
    if (what.equals(";")) {
      return syntax(position, "there is more than one statement");
    }
    if (what.equals("\\'")) {
      return new Problem(
          "SQL_SYNTAX",
          position,
          "The text in single quotes has no end",
          "Close it; a quote within a text is written twice.");
    }
    return syntax(
        position,
        what.isEmpty()
            ? "there is a character that SQL has no use for"
            : "\"" + what + "\" is not expected here");
  }

  /** About a tree that a thread's stack is too small for. */
  static Problem tooDeep(SqlParserPos position) {
    return new Problem(
        "SQL_SYNTAX",
        position,
        "The query is nested too deeply",
        "Part it, with WITH or into several steps.");
  }

  private static Problem syntax(SqlParserPos position, String what) {
    return new Problem(
        "SQL_SYNTAX",
        position,
        "The SQL cannot be read: " + what,
        "Correct it there; a name that is also a word of SQL is written in double quotes.");
  }

  static String firstLine(String message) {
    int end = message.indexOf('\n');
    return (end < 0 ? message : message.substring(0, end)).strip();
  }
}
