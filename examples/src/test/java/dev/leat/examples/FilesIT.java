package dev.leat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.Main;
import dev.leat.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of files does what its README says. */
final class FilesIT {
  @TempDir private Path folder;

  @BeforeEach
  void copy() throws Exception {
    Path drops = Files.createDirectory(folder.resolve("drops"));
    Files.copy(Path.of("files/flow.toml"), folder.resolve("flow.toml"));
    try (Stream<Path> files = Files.list(Path.of("files/drops"))) {
      for (Path file : files.toList()) {
        Files.copy(file, drops.resolve(file.getFileName()));
      }
    }
  }

  private List<String> leat(String... arguments) throws Exception {
    try (ChildJvm leat = ChildJvm.of(Main.class).directory(folder).arguments(arguments).start()) {
      assertThat(leat.awaitExit(Duration.ofSeconds(60))).as("%s", leat.output()).isZero();
      return leat.output();
    }
  }

  private String orders() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("files.duckdb"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT string_agg(id, ' ' ORDER BY id) FROM bronze.orders")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void loadsParksAndReadsAgainWhatWasCorrected() throws Exception {
    leat("run");
    assertThat(orders()).isEqualTo("1 2 3 4 6");
    assertThat(Files.readAllLines(folder.resolve("out/revenue.csv")))
        .containsExactlyInAnyOrder(
            "day,city,revenue",
            "2026-05-01,Bath,48.90",
            "2026-05-01,York,12.00",
            "2026-05-02,Bath,81.00");
    assertThat(leat("parked", "--show")).anyMatch(line -> line.contains("5;2;tea;two"));
    Path file = folder.resolve("drops/orders_2026-05-02.csv");
    Files.writeString(file, Files.readString(file).replace("two", "2"));
    leat("parked", "--retry");
    assertThat(orders()).isEqualTo("1 2 3 4 5 6");
    leat("run");
    assertThat(Files.readAllLines(folder.resolve("out/revenue.csv")))
        .contains("2026-05-02,York,9.00");
  }
}
