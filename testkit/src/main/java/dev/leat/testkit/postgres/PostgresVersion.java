package dev.leat.testkit.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * A major version of PostgreSQL, such as 18.
 *
 * @param major the number before the first dot
 */
public record PostgresVersion(int major) implements Comparable<PostgresVersion> {
  /**
   * The system property that names the versions to test with: {@code 18}, {@code 14,16} or {@code
   * all}.
   */
  public static final String PROPERTY = "leat.test.pg";

  /** Every version Leat is tested with, oldest first. */
  public static final List<PostgresVersion> SUPPORTED =
      List.of(of(14), of(15), of(16), of(17), of(18));

  /** A version that Leat refuses; its binaries are there for the tests that see it do so. */
  public static final PostgresVersion TOO_OLD = of(13);

  public PostgresVersion {
    if (major < 10) {
      throw new IllegalArgumentException("PostgreSQL %d had two numbers".formatted(major));
    }
  }

  public static PostgresVersion of(int major) {
    return new PostgresVersion(major);
  }

  /** Parses {@code 18} or {@code 18.6}. */
  public static PostgresVersion parse(String text) {
    String major = text.strip().split("\\.", 2)[0];
    if (!major.matches("\\d{1,3}")) {
      throw new IllegalArgumentException("not a PostgreSQL version: " + text);
    }
    return of(Integer.parseInt(major));
  }

  /**
   * The versions that {@link #PROPERTY} asks for, in its order; empty if it is not set.
   *
   * @throws IllegalArgumentException if it holds something else than versions
   */
  public static List<PostgresVersion> requested() {
    String text = System.getProperty(PROPERTY, "").strip();
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.equals("all")) {
      return SUPPORTED;
    }
    List<PostgresVersion> versions = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      versions.add(parse(part));
    }
    return List.copyOf(versions);
  }

  public boolean atLeast(int otherMajor) {
    return major >= otherMajor;
  }

  @Override
  public int compareTo(PostgresVersion other) {
    return Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return "PostgreSQL " + major;
  }
}
