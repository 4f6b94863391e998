package dev.leat.testkit.postgres;

import java.util.Locale;

/** The names the binary archives use for this machine, and what its processes are like. */
final class Platform {
  private static final String OS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  private static final String ARCH = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);

  private Platform() {}

  static boolean linux() {
    return OS.contains("linux");
  }

  static boolean windows() {
    return OS.contains("windows");
  }

  /** The name of the archive inside its jar, such as {@code postgres-linux-x86_64.txz}. */
  static String archiveName() {
    String os = windows() ? "windows" : linux() ? "linux" : "darwin";
    String arch =
        switch (ARCH) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> ARCH;
        };
    return "postgres-%s-%s.txz".formatted(os, arch);
  }

  static String executable(String name) {
    return windows() ? name + ".exe" : name;
  }
}
