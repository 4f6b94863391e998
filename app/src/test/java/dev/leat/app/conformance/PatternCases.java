package dev.leat.app.conformance;

import static dev.leat.app.conformance.FunctionCase.gives;
import static dev.leat.spi.sql.PortableFunction.LIKE;
import static dev.leat.spi.sql.PortableFunction.MD5;
import static dev.leat.spi.sql.PortableFunction.POSITION;
import static dev.leat.spi.sql.PortableFunction.REGEXP_LIKE;
import static dev.leat.spi.sql.PortableFunction.STARTS_WITH;

import java.util.List;

/** What is found in texts. */
final class PatternCases {
  private PatternCases() {}

  static List<FunctionCase> all() {
    return List.of(
        gives(POSITION, "POSITION('c' IN 'abc')", 3L),
        gives(POSITION, "POSITION('b' IN '\ud83d\ude00b')", 2L),
        gives(POSITION, "POSITION('x' IN 'abc')", 0L),
        gives(POSITION, "POSITION('' IN 'abc')", 1L),
        gives(POSITION, "POSITION(NULL IN 'abc')", null),
        gives(STARTS_WITH, "STARTS_WITH('abc', 'ab')", true),
        gives(STARTS_WITH, "STARTS_WITH('abc', 'AB')", false),
        gives(STARTS_WITH, "STARTS_WITH('a%b', 'a%')", true),
        gives(STARTS_WITH, "STARTS_WITH('abb', 'a%')", false),
        gives(STARTS_WITH, "STARTS_WITH('abc', '')", true),
        gives(STARTS_WITH, "STARTS_WITH('abc', NULL)", null),
        gives(LIKE, "'abc' LIKE 'a%'", true),
        gives(LIKE, "'ABC' LIKE 'a%'", false),
        gives(LIKE, "'\u00c4' LIKE '\u00e4'", false),
        gives(LIKE, "'a\ud83d\ude00c' LIKE 'a_c'", true),
        gives(LIKE, "'a\nc' LIKE 'a%c'", true),
        gives(LIKE, "'a\\bc' LIKE 'a\\b%'", true),
        gives(LIKE, "'a%c' LIKE 'a!%_' ESCAPE '!'", true),
        gives(LIKE, "'abc' LIKE 'a!%_' ESCAPE '!'", false),
        gives(LIKE, "'abc' NOT LIKE '%d%'", true),
        gives(LIKE, "'' LIKE '%'", true),
        gives(LIKE, "'' LIKE '_'", false),
        gives(LIKE, "'abc' LIKE NULL", null),
        gives(REGEXP_LIKE, "REGEXP_LIKE('abc123', '[0-9]+$')", true),
        gives(REGEXP_LIKE, "REGEXP_LIKE('abc123', '^[0-9]+$')", false),
        gives(REGEXP_LIKE, "REGEXP_LIKE('ab', 'a|x')", true),
        gives(REGEXP_LIKE, "REGEXP_LIKE('A', 'a')", false),
        gives(REGEXP_LIKE, "REGEXP_LIKE('a.b', 'a\\.b')", true),
        gives(REGEXP_LIKE, "REGEXP_LIKE(NULL, 'a')", null),
        gives(MD5, "MD5('\u00e4')", "8419b71c87a225a2c70b50486fbee545"),
        gives(MD5, "MD5('')", "d41d8cd98f00b204e9800998ecf8427e"),
        gives(MD5, "MD5(CAST(NULL AS TEXT))", null));
  }
}
