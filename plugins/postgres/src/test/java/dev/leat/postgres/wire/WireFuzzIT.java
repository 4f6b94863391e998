package dev.leat.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decoders under Jazzer, guided by coverage: neither a crash nor a hang, and no error but one
 * that says what is wrong and where. The same inputs each time, but with {@code
 * -Dleat.fuzz.seconds=600}: what it finds is printed with the input that shows it.
 */
final class WireFuzzIT {
  private static final int RUNS = 300_000;

  @TempDir private Path folder;

  @Test
  void refusesWhateverIsNoMessage() throws Exception {
    int seconds = Integer.getInteger("leat.fuzz.seconds", 0);
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    WireFuzzer.writeSeeds(corpus);
    try (ChildJvm jazzer =
        ChildJvm.of("com.code_intelligence.jazzer.Jazzer")
            .jvmFlags("-Xmx512m", "-XX:+EnableDynamicAgentLoading")
            .directory(folder)
            .arguments(
                "--target_class=" + WireFuzzer.class.getName(),
                "--instrumentation_includes=dev.leat.**",
                "--disabled_hooks=**",
                seconds == 0 ? "-runs=" + RUNS : "-max_total_time=" + seconds,
                seconds == 0 ? "-seed=1" : "-seed=0",
                "-timeout=10",
                "-max_len=4096",
                corpus.toString())
            .start()) {
      int exitCode = jazzer.awaitExit(Duration.ofSeconds(seconds + 120L));
      List<String> output = jazzer.output();
      assertThat(exitCode).as("%s", String.join("\n", output)).isZero();
      // Most of both decoders is reached, or nothing was looked at.
      assertThat(coverage(output)).as("%s", String.join("\n", output)).isGreaterThan(500);
      System.out.println(output.getLast() + ", cov: " + coverage(output));
    }
  }

  private static int coverage(List<String> output) {
    return output.stream()
        .filter(line -> line.contains("cov: "))
        .mapToInt(line -> Integer.parseInt(line.replaceFirst(".*cov: (\\d+) .*", "$1")))
        .max()
        .orElse(0);
  }
}
