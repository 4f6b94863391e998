package dev.leat.app.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.app.command.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects that are generated from flows, built by dbt, beside what Leat makes. */
class GeneratedDbtIT {
  private static final Path EXAMPLES = Path.of("..", "examples", "kinds");

  /** Flows with steps that make no tables, by what has to be left out. */
  private static final Map<String, String> LEFT_OUT =
      Map.of("task", "there_are_orders,tell", "export", "all_orders,new_orders");

  /** Builds projects, each in a process of its own; importing dbt takes longer than a build. */
  private static final String BUILD =
      """
      import os, sys
      from dbt.cli.main import dbtRunner
      failed = []
      for folder in sys.argv[1:]:
          print("== " + folder, flush=True)
          child = os.fork()
          if child == 0:
              os.environ["LEAT_DUCKDB"] = folder + ".duckdb"
              os.chdir(folder)
              result = dbtRunner().invoke(["build", "--no-use-colors", "--profiles-dir", folder])
              sys.stdout.flush()
              os._exit(0 if result.success else 1)
          if os.waitpid(child, 0)[1] != 0:
              failed.append(folder)
      sys.exit(1 if failed else 0)
      """;

  @TempDir private Path folder;

  @Test
  void buildsTheSameRowsAsRunsDoForEveryExample() throws Exception {
    Path programs = PythonTools.programs("dbt");
    String shop = SuiteServer.create("shop");
    SuiteServer.execute(shop, Files.readString(EXAMPLES.resolve("tables.sql")));
    List<String> kinds =
        KindExample.all().stream()
            .map(KindExample::kind)
            .filter(kind -> !kind.equals("export"))
            .toList();
    for (String kind : kinds) {
      // Slots are the server's, and other tests run the same flows there.
      String flow =
          Files.readString(EXAMPLES.resolve(kind + ".toml"))
              .replace("flow = \"kinds_", "flow = \"models_");
      Files.createDirectories(home(kind));
      Files.writeString(home(kind).resolve("flow.toml"), flow);
      List<String> command =
          new ArrayList<>(List.of("generate", "dbt", "flow.toml", "--out", "dbt"));
      if (LEFT_OUT.containsKey(kind)) {
        command.addAll(List.of("--exclude", LEFT_OUT.get(kind)));
      }
      run(kind, shop, command);
    }
    round(programs, shop, kinds, "first");
    SuiteServer.execute(shop, KindExample.CHANGE);
    round(programs, shop, kinds, "after a change");
  }

  private Path home(String kind) {
    return folder.resolve(kind);
  }

  private void round(Path programs, String shop, List<String> kinds, String what) throws Exception {
    List<String> projects = new ArrayList<>();
    for (String kind : kinds) {
      run(kind, shop, List.of("run", "flow.toml"));
      GeneratedTables.bring(leat(kind), dbt(kind));
      projects.add(home(kind).resolve("dbt").toString());
    }
    List<String> command =
        new ArrayList<>(List.of(programs.resolve("python").toString(), "-c", BUILD));
    command.addAll(projects);
    String output = PythonTools.run(folder, Map.of("DO_NOT_TRACK", "1"), command);
    SoftAssertions all = new SoftAssertions();
    for (String kind : kinds) {
      Map<String, List<String>> made = new LinkedHashMap<>(GeneratedTables.made(leat(kind)));
      all.assertThat(GeneratedTables.made(dbt(kind)))
          .as(kind + ", " + what + "\n" + output)
          .isEqualTo(made);
    }
    all.assertAll();
  }

  private Path leat(String kind) {
    return home(kind).resolve("kinds_" + kind + ".duckdb");
  }

  private Path dbt(String kind) {
    return home(kind).resolve("dbt.duckdb");
  }

  private void run(String kind, String shop, List<String> command) throws Exception {
    Cli.Result result =
        new Cli(home(kind), Map.of("SHOP_PG", SuiteServer.url(shop)))
            .run(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(kind + "\n" + result.err()).isZero();
  }
}
