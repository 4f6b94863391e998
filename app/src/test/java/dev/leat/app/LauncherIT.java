package dev.leat.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell scripts, laid out as in a release: {@code bin/leat} beside {@code lib/}. */
final class LauncherIT {
  private static final Path APP = Path.of("").toAbsolutePath();

  @TempDir private Path folder;
  private Path bin;

  @BeforeEach
  void layOutARelease() throws IOException {
    var release = folder.resolve("a release");
    bin = Files.createDirectories(release.resolve("bin"));
    for (var script : List.of("leat", "bin/find-jdk.sh")) {
      var source = APP.resolveSibling(script);
      Files.copy(source, bin.resolve(source.getFileName()));
    }
    Files.createSymbolicLink(release.resolve("lib"), APP.resolve("target/leat/lib"));
  }

  /** JUnit warns of every link that it removes itself. */
  @AfterEach
  void removeTheLink() throws IOException {
    Files.delete(bin.resolveSibling("lib"));
  }

  @Test
  void startsThroughASymbolicLinkFromAnotherFolder() throws Exception {
    var elsewhere = Files.createDirectory(folder.resolve("else where"));
    var link = Files.createSymbolicLink(elsewhere.resolve("leat"), bin.resolve("leat"));

    var result = run(Map.of(), elsewhere, link.toString(), "--version");

    assertThat(result.output()).matches("leat \\S+\\R");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void handsOnExitCodes() throws Exception {
    assertThat(run(Map.of(), folder, bin.resolve("leat").toString(), "--unknown").exitCode())
        .isEqualTo(2);
  }

  @Test
  void prefersTheJdkOfJavaHome() throws Exception {
    var jdk = fakeJdk("25.0.1");

    var result = run(Map.of("JAVA_HOME", jdk.toString()), folder, "sh", findJdk());

    assertThat(result.output()).isEqualTo(jdk + "\n");
  }

  @Test
  void passesOverAJdkThatIsTooOld() throws Exception {
    var old = fakeJdk("17.0.15");

    var result = run(Map.of("JAVA_HOME", old.toString()), folder, "sh", findJdk());

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).isNotBlank().isNotEqualTo(old + "\n");
  }

  private String findJdk() {
    return bin.resolve("find-jdk.sh").toString();
  }

  private Path fakeJdk(String version) throws IOException {
    var home = Files.createDirectory(folder.resolve("jdk " + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectory(home.resolve("bin"));
    for (var tool : List.of("java", "javac")) {
      var file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    return home;
  }

  private Result run(Map<String, String> environment, Path directory, String... command)
      throws IOException, InterruptedException {
    var output = folder.resolve("output");
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    var process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  private record Result(int exitCode, String output) {}
}
