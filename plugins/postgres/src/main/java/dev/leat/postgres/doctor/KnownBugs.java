package dev.leat.postgres.doctor;

import java.util.List;
import java.util.Map;

/**
 * Defects of old minor versions that concern logical decoding, from the release notes and commit
 * messages of the versions named.
 */
final class KnownBugs {

  /**
   * One defect.
   *
   * @param fixedIn by major version the first minor version without it; a major version that is
   *     missing never had it
   * @param effect what can happen
   */
  record Bug(Map<Integer, Integer> fixedIn, String effect) {
    boolean concerns(int versionNumber) {
      Integer minor = fixedIn.get(versionNumber / 10_000);
      return minor != null && versionNumber % 10_000 < minor;
    }
  }

  private static final List<Bug> ALL =
      List.of(
          // "Fix possibility of logical decoding partial transaction changes", 2024-07-11.
          new Bug(
              Map.of(14, 13, 15, 8, 16, 4),
              "a slot can be made at a place in the middle of transactions, whose changes then come"
                  + " in part"),
          // "Fix data loss in logical replication" (commit 4909b38af0), 2025-04-10.
          new Bug(
              Map.of(14, 18, 15, 13, 16, 9, 17, 5),
              "changes are lost of transactions that were under way while their table was added to"
                  + " the publication or altered"),
          // "Fix re-distributing previously distributed invalidation messages", 2025-06-16; the
          // defect came with the fix above.
          new Bug(
              Map.of(14, 19, 15, 14, 16, 10, 17, 6),
              "decoding can fail for lack of memory when many tables are altered during long"
                  + " transactions"));

  private KnownBugs() {}

  /** Those that a server has. */
  static List<Bug> of(int versionNumber) {
    return ALL.stream().filter(bug -> bug.concerns(versionNumber)).toList();
  }

  /** The first minor version of that major one that has none of them, such as {@code 16.10}. */
  static String safeVersion(int versionNumber) {
    int major = versionNumber / 10_000;
    int minor = ALL.stream().mapToInt(bug -> bug.fixedIn.getOrDefault(major, 0)).max().orElse(0);
    return major + "." + minor;
  }
}
