package dev.leat.spi.storage;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a flow file says that files are, divided into the root of a storage and what is below it.
 *
 * @param scheme what kind of storage, such as {@code s3}; {@code file} for folders of this machine
 * @param root of the storage, without a slash at its end: {@code bucket/prefix}, or an absolute
 *     path for {@code file}
 * @param name below the root: a file, or a pattern of files; empty if the address is the root
 */
public record StorageAddress(String scheme, String root, String name) {
  public static final String FILE = "file";

  /** One letter is a drive. */
  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]+):(//)?(.*)");

  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  /**
   * An address that names files: divided before the last part, or before the first part that has a
   * wildcard.
   *
   * @param address {@code scheme://…}, {@code file:…}, or a path
   * @param folder what paths are relative to; absolute
   */
  public static StorageAddress of(String address, Path folder) {
    Matcher wild = WILD.matcher(address);
    int end = wild.find() ? wild.start() : address.length();
    int slash = address.lastIndexOf('/', end - 1);
    Matcher scheme = SCHEME.matcher(address);
    int start = scheme.matches() ? scheme.start(3) : 0;
    if (slash < start) {
      // A bucket alone, or a file in the flow file's folder.
      boolean bucket = scheme.matches() && !scheme.group(1).equals(FILE);
      return bucket
          ? folder(address, folder)
          : folder(address.substring(0, start) + ".", folder).withName(address.substring(start));
    }
    return folder(address.substring(0, Math.max(slash, start + 1)), folder)
        .withName(address.substring(slash + 1));
  }

  /**
   * An address that is a root.
   *
   * @param address as for {@link #of}
   * @param folder as for {@link #of}
   */
  public static StorageAddress folder(String address, Path folder) {
    Matcher scheme = SCHEME.matcher(address);
    String kind = scheme.matches() ? scheme.group(1) : FILE;
    String rest = scheme.matches() ? scheme.group(3) : address;
    String root =
        kind.equals(FILE)
            ? folder.resolve(rest).normalize().toString()
            : rest.replaceFirst("/+$", "");
    return new StorageAddress(kind, root, "");
  }

  private StorageAddress withName(String below) {
    return new StorageAddress(scheme, root, below);
  }

  /** The root as it may be written in a flow file. */
  public String describe() {
    return scheme.equals(FILE) ? root : scheme + "://" + root;
  }
}
