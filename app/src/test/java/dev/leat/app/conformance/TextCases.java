package dev.leat.app.conformance;

import static dev.leat.app.conformance.FunctionCase.gives;
import static dev.leat.spi.sql.PortableFunction.CONCAT;
import static dev.leat.spi.sql.PortableFunction.LEFT;
import static dev.leat.spi.sql.PortableFunction.LENGTH;
import static dev.leat.spi.sql.PortableFunction.LOWER;
import static dev.leat.spi.sql.PortableFunction.LPAD;
import static dev.leat.spi.sql.PortableFunction.LTRIM;
import static dev.leat.spi.sql.PortableFunction.REPLACE;
import static dev.leat.spi.sql.PortableFunction.RIGHT;
import static dev.leat.spi.sql.PortableFunction.RPAD;
import static dev.leat.spi.sql.PortableFunction.RTRIM;
import static dev.leat.spi.sql.PortableFunction.SPLIT_PART;
import static dev.leat.spi.sql.PortableFunction.SUBSTRING;
import static dev.leat.spi.sql.PortableFunction.TRIM;
import static dev.leat.spi.sql.PortableFunction.UPPER;

import java.util.List;

/** Texts: empty ones, NULL, code points beyond 16 bits, marks of their own, quotes. */
final class TextCases {
  private TextCases() {}

  static List<FunctionCase> all() {
    return List.of(
        gives(CONCAT, "'a' || 'b'", "ab"),
        gives(CONCAT, "'a' || NULL", null),
        gives(CONCAT, "'' || ''", ""),
        gives(CONCAT, "'it''s ' || '\"\u00e4\ud83d\ude00\\'", "it's \"\u00e4\ud83d\ude00\\"),
        gives(UPPER, "UPPER('a\u00f1\u00e9\u0436\u03c3')", "A\u00d1\u00c9\u0416\u03a3"),
        gives(UPPER, "UPPER('\u00df')", "\u00df"),
        gives(UPPER, "UPPER('')", ""),
        gives(UPPER, "UPPER(CAST(NULL AS TEXT))", null),
        gives(LOWER, "LOWER('\u00c4B\u0416')", "\u00e4b\u0436"),
        gives(LOWER, "LOWER('')", ""),
        gives(LOWER, "LOWER(CAST(NULL AS TEXT))", null),
        gives(TRIM, "TRIM('  a b ')", "a b"),
        gives(TRIM, "TRIM('\t a\u00a0 ')", "\t a\u00a0"),
        gives(TRIM, "TRIM('   ')", ""),
        gives(TRIM, "TRIM(CAST(NULL AS TEXT))", null),
        gives(LTRIM, "LTRIM('  a ')", "a "),
        gives(LTRIM, "LTRIM(CAST(NULL AS TEXT))", null),
        gives(RTRIM, "RTRIM('  a ')", "  a"),
        gives(RTRIM, "RTRIM(CAST(NULL AS TEXT))", null),
        gives(LENGTH, "LENGTH('a\u00f1\ud83d\ude00')", 3L),
        gives(LENGTH, "LENGTH('a\u0308')", 2L),
        gives(LENGTH, "CHAR_LENGTH('')", 0L),
        gives(LENGTH, "LENGTH(CAST(NULL AS TEXT))", null),
        gives(SUBSTRING, "SUBSTRING('a\ud83d\ude00bc' FROM 2 FOR 2)", "\ud83d\ude00b"),
        gives(SUBSTRING, "SUBSTRING('abc', 2)", "bc"),
        gives(SUBSTRING, "SUBSTRING('abc', 9)", ""),
        gives(SUBSTRING, "SUBSTRING('abc', 2, 0)", ""),
        gives(SUBSTRING, "SUBSTRING('abc', 2, 99)", "bc"),
        gives(SUBSTRING, "SUBSTRING('abc', CAST(NULL AS INTEGER))", null),
        gives(REPLACE, "REPLACE('abcb', 'b', 'xx')", "axxcxx"),
        gives(REPLACE, "REPLACE('aaa', 'aa', 'b')", "ba"),
        gives(REPLACE, "REPLACE('abc', 'b', '')", "ac"),
        gives(REPLACE, "REPLACE('abc', '', 'x')", "abc"),
        gives(REPLACE, "REPLACE('abc', 'b', NULL)", null),
        gives(LEFT, "LEFT('a\ud83d\ude00bc', 2)", "a\ud83d\ude00"),
        gives(LEFT, "LEFT('abc', 0)", ""),
        gives(LEFT, "LEFT('abc', 99)", "abc"),
        gives(LEFT, "LEFT(NULL, 1)", null),
        gives(RIGHT, "RIGHT('ab\ud83d\ude00', 2)", "b\ud83d\ude00"),
        gives(RIGHT, "RIGHT('abc', 0)", ""),
        gives(RIGHT, "RIGHT('abc', 99)", "abc"),
        gives(RIGHT, "RIGHT('abc', NULL)", null),
        gives(LPAD, "LPAD('7', 3, '0')", "007"),
        gives(LPAD, "LPAD('a', 4, 'xy')", "xyxa"),
        gives(LPAD, "LPAD('abc', 2, 'x')", "ab"),
        gives(LPAD, "LPAD('', 2, '\ud83d\ude00')", "\ud83d\ude00\ud83d\ude00"),
        gives(LPAD, "LPAD(NULL, 2, 'x')", null),
        gives(RPAD, "RPAD('abc', 2, 'x')", "ab"),
        gives(RPAD, "RPAD('a', 4, 'xy')", "axyx"),
        gives(RPAD, "RPAD('a', 3, NULL)", null),
        gives(SPLIT_PART, "SPLIT_PART('a,b,c', ',', 2)", "b"),
        gives(SPLIT_PART, "SPLIT_PART('a,b,c', ',', 4)", ""),
        gives(SPLIT_PART, "SPLIT_PART('a--b-c', '--', 2)", "b-c"),
        gives(SPLIT_PART, "SPLIT_PART(',a', ',', 1)", ""),
        gives(SPLIT_PART, "SPLIT_PART('', ',', 1)", ""),
        gives(SPLIT_PART, "SPLIT_PART(NULL, ',', 1)", null));
  }
}
