package dev.leat.spi.storage;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.util.Arrays;

/** What files of a storage may be called. */
public final class StorageNames {
  /** What names begin with that are not listed: work in progress. */
  public static final String ASIDE = ".leat-";

  private static final ErrorCode NAME = new ErrorCode("STORAGE_NAME", ErrorCategory.CONFIG);

  private StorageNames() {}

  /**
   * The name itself.
   *
   * @throws LeatException category CONFIG if it is empty, or has empty parts or parts that lead
   *     elsewhere
   */
  public static String require(String name) {
    boolean good =
        Arrays.stream(name.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!good || name.indexOf('\0') >= 0) {
      throw new LeatException(
          NAME,
          "no file can be called \"" + name.replace('\0', '?') + "\"",
          "name it below its folder, without empty parts and without . and ..");
    }
    return name;
  }

  /** Whether a file of that name is work in progress. */
  public static boolean isAside(String name) {
    return name.startsWith(ASIDE) || name.contains("/" + ASIDE);
  }
}
