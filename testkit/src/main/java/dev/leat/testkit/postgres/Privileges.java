package dev.leat.testkit.postgres;

import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * How a PostgreSQL program is started by this user: PostgreSQL refuses to run as root.
 *
 * @param prefix words before the program
 * @param user owner of the files the program writes; empty for the user of this process
 */
record Privileges(List<String> prefix, String user) {
  private static final String NOBODY = "nobody";
  private static final Privileges CURRENT = detect();

  static Privileges current() {
    return CURRENT;
  }

  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(words);
    return command;
  }

  /** Gives a directory and all in it to the user the programs run as. */
  void handOver(Path directory) throws IOException {
    if (user.isEmpty()) {
      return;
    }
    UserPrincipal owner =
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.setOwner(path, owner);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.setOwner(path, owner);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Privileges detect() {
    if (Platform.windows() || !Commands.run(List.of("id", "-u")).output().strip().equals("0")) {
      return new Privileges(List.of(), "");
    }
    if (!Platform.linux()) {
      throw refusal();
    }
    return firstThatWorks(
        userNamespace(),
        otherUser("setpriv", "--reuid=" + NOBODY, "--regid=65534", "--clear-groups"),
        otherUser("runuser", "-u", NOBODY, "--"));
  }

  /**
   * In a user namespace without a mapping, root is nobody to the program and still root to the file
   * system.
   */
  private static Privileges userNamespace() {
    return new Privileges(List.of("unshare", "-U"), "");
  }

  private static Privileges otherUser(String... prefix) {
    return new Privileges(List.of(prefix), NOBODY);
  }

  private static Privileges firstThatWorks(Privileges... ways) {
    for (Privileges way : ways) {
      if (Commands.succeeds(way.command(List.of("id", "-u")))) {
        return way;
      }
    }
    throw refusal();
  }

  private static LeatException refusal() {
    return new LeatException(
        PostgresErrors.ROOT,
        "PostgreSQL does not run as root, and none of unshare, setpriv and runuser works here",
        "Run as another user, or install util-linux.");
  }
}
