package dev.leat.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildJvmIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void givesArgumentsPropertiesVariablesAndFlags(@TempDir Path directory) {
    try (ChildJvm child =
        ChildJvm.of(ChildProgram.class)
            .arguments("one", "two words", "@three")
            .property("some.property", "set")
            .environment("SOME_VARIABLE", "also set")
            .jvmFlags("-Xmx64m")
            .directory(directory)
            .start()) {
      child.awaitLine("^ready$", LIMIT);
      assertThat(child.standardOutput())
          .contains("arguments one|two words|@three", "property set", "variable also set", "ready")
          .anyMatch(line -> line.matches("memory 6\\d{7}"));
      assertThat(child.awaitLine("errors", LIMIT)).isEqualTo("errors too: \u00e9");
      assertThat(child.standardError()).contains("errors too: \u00e9");
      child.writeLine("exit");
      assertThat(child.awaitExit(LIMIT)).isEqualTo(7);
      assertThat(child.exitCode()).hasValue(7);
      assertThat(child.output()).contains("shutdown hook");
    }
  }

  @Test
  void terminatesInOrder() {
    try (ChildJvm child = ready()) {
      child.terminate();
      assertThat(child.awaitExit(LIMIT)).isEqualTo(ChildJvm.TERMINATED);
      assertThat(child.output()).contains("shutdown hook");
    }
  }

  @Test
  void killsWithoutAWord() {
    try (ChildJvm child = ready()) {
      assertThat(child.exitCode()).isEmpty();
      child.kill9();
      assertThat(child.exitCode()).hasValue(ChildJvm.KILLED);
      assertThat(child.output()).doesNotContain("shutdown hook");
    }
  }

  @Test
  void diesAtAFailpoint() {
    try (ChildJvm child = ChildJvm.of(ChildProgram.class).failpoint("here:2").start()) {
      child.awaitLine("ready", LIMIT);
      child.writeLine("failpoint");
      child.writeLine("still here");
      child.awaitLine("read still here", LIMIT);
      child.writeLine("failpoint");
      assertThat(child.awaitExit(LIMIT)).isEqualTo(ChildJvm.KILLED);
    }
  }

  @Test
  void doesNothingWhileItIsSuspended() {
    try (ChildJvm child = ready()) {
      child.suspend();
      child.writeLine("hello");
      assertThatThrownBy(() -> child.awaitLine("read hello", Duration.ofMillis(300)))
          .isInstanceOf(AssertionError.class);
      child.resume();
      child.awaitLine("read hello", LIMIT);
    }
  }

  @Test
  void showsTheOutputWhenALineDoesNotCome() {
    try (ChildJvm child = ready()) {
      child.writeLine("exit");
      assertThatThrownBy(() -> child.awaitLine("never", LIMIT))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("no line matches \"never\"")
          .hasMessageContaining("arguments");
    }
  }

  private static ChildJvm ready() {
    ChildJvm child = ChildJvm.of(ChildProgram.class).start();
    child.awaitLine("^ready$", LIMIT);
    return child;
  }
}
