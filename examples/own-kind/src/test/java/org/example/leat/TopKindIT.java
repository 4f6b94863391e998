package org.example.leat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind in a jar that Leat was not built with. */
final class TopKindIT {
  private static final String QUERY =
      "SELECT region, seller, _leat_rank FROM gold.best_sales ORDER BY region, _leat_rank";

  @TempDir private Path folder;

  @BeforeEach
  void setUp() throws Exception {
    Files.copy(Path.of("flow.toml"), folder.resolve("flow.toml"));
  }

  @Test
  void runsFromAFolderBesideTheFlow() throws Exception {
    Path jar = Files.createDirectory(folder.resolve("plugins.d")).resolve("top.jar");
    Files.copy(Path.of(System.getProperty("leat.example.jar")), jar);
    succeed("run", flow());
    assertThat(succeed("sql", flow(), QUERY, "--csv"))
        .containsExactly(
            "region,seller,_leat_rank", "north,bob,1", "north,dot,2", "north,cyd,3", "south,eve,1");
  }

  @Test
  void tellsWhatIsNoPluginAndWhatKindIsMissing() throws Exception {
    assertThat(fail("check", flow())).contains("no kind of step top").contains("flow.toml:19");
    Path jar = Files.createDirectory(folder.resolve("plugins.d")).resolve("top.jar");
    Files.writeString(jar, "no jar");
    assertThat(fail("check", flow())).contains("PLUGIN_UNUSABLE").contains("top.jar");
  }

  private String flow() {
    return folder.resolve("flow.toml").toString();
  }

  private static List<String> succeed(String... arguments) throws Exception {
    return leat(0, arguments).standardOutput();
  }

  private static String fail(String... arguments) throws Exception {
    return String.join("\n", leat(2, arguments).standardError());
  }

  private static ChildJvm leat(int exitCode, String... arguments) throws Exception {
    try (ChildJvm leat = ChildJvm.of(Main.class).arguments(arguments).start()) {
      assertThat(leat.awaitExit(Duration.ofSeconds(60)))
          .as("%s", leat.output())
          .isEqualTo(exitCode);
      return leat;
    }
  }
}
