package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** How long commands take that have next to nothing to do. */
final class Start {
  private static final int RUNS = 11;

  private final Programs programs;

  Start(Programs programs) {
    this.programs = programs;
  }

  List<Bar> measure() throws IOException, InterruptedException, SQLException {
    programs.server().execute("CREATE TABLE started (id int PRIMARY KEY, note text)");
    Path flow = programs.flow("started", "started", "copy_and_stream");
    return List.of(
        new Bar("`leat --version`", median("--version"), "s", 0.5, 0.15),
        new Bar("`leat check` of a flow", median("check", flow.toString()), "s", 1.0, 0.4));
  }

  private double median(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of(programs.leat().toString()));
    command.addAll(List.of(arguments));
    double[] seconds = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      seconds[run] =
          Measured.run(programs.folder(), Map.of("BENCHMARK_URL", programs.server().url()), command)
              .seconds();
    }
    return Measured.median(seconds);
  }
}
