package dev.leat.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link ChildJvm} is to run. */
public final class ChildJvmBuilder {
  private final String mainClass;
  private final List<String> arguments = new ArrayList<>();
  private final List<String> jvmFlags = new ArrayList<>();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable Path directory;

  ChildJvmBuilder(String mainClass) {
    this.mainClass = mainClass;
  }

  /** Adds arguments of the main class. */
  public ChildJvmBuilder arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /**
   * Sets a system property; of this JVM's, {@code leat.…} and {@code arrow.…} on its command line
   * and the temporary directory are inherited.
   */
  public ChildJvmBuilder property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  /**
   * Has the child kill itself at a {@link dev.leat.spi.Failpoint}: its name, or {@code name:visit}.
   */
  public ChildJvmBuilder failpoint(String place) {
    return property("leat.failpoint", place);
  }

  /** Has the child wait at a failpoint: it makes the file there, and goes on when it is removed. */
  public ChildJvmBuilder holdAt(String place, Path file) {
    return property("leat.failpoint", place).property("leat.failpoint.hold", file.toString());
  }

  /** Sets an environment variable; the others are this process's. */
  public ChildJvmBuilder environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Adds flags such as {@code -Xmx256m}; access flags ({@code --add-opens …}) are inherited from
   * this JVM.
   */
  public ChildJvmBuilder jvmFlags(String... more) {
    jvmFlags.addAll(List.of(more));
    return this;
  }

  /** The working directory; by default this process's. */
  public ChildJvmBuilder directory(Path path) {
    this.directory = path;
    return this;
  }

  /** Starts the JVM with this JVM's Java home and class path, without waiting for anything. */
  public ChildJvm start() {
    try {
      Path argumentFile = argumentFile();
      ProcessBuilder builder = new ProcessBuilder(command(argumentFile));
      if (directory != null) {
        builder.directory(directory.toFile());
      }
      builder.environment().putAll(environment);
      return new ChildJvm(builder.start(), argumentFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(Path argumentFile) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inheritedFlags());
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.addAll(jvmFlags);
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("@" + argumentFile);
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  private static List<String> inheritedFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            flag ->
                flag.startsWith("--") || flag.startsWith("-Darrow.") || flag.startsWith("-Dleat."))
        .toList();
  }

  /** The class path of a test is longer than some systems' command lines. */
  private static Path argumentFile() throws IOException {
    String classPath =
        System.getProperty("java.class.path").replace("\\", "\\\\").replace("\"", "\\\"");
    Path file = Files.createTempFile("leat-child", ".args");
    return Files.writeString(file, "-cp \"" + classPath + "\"\n", StandardCharsets.UTF_8);
  }
}
