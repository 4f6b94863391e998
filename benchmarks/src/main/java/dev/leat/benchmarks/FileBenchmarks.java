package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Files beside DuckDB alone that reads and writes the same ones, and beside the AWS SDK alone. */
public final class FileBenchmarks {
  private FileBenchmarks() {}

  /** The launcher of Leat, then what to measure; everything by default. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    Set<String> wanted = new TreeSet<>(List.of(arguments).subList(1, arguments.length));
    boolean quick = wanted.remove("--quick");
    if (wanted.isEmpty()) {
      wanted.addAll(List.of("csv", "large", "parquet", "s3", "small"));
    }
    Path leat = Path.of(arguments[0]);
    Path folder = Files.createTempDirectory("leat-benchmarks");
    List<Ratio> ratios = new ArrayList<>();
    for (String name : wanted) {
      Path own = Files.createDirectory(folder.resolve(name));
      FilePrograms programs = new FilePrograms(leat, own);
      switch (name) {
        case "csv" -> ratios.add(programs.csvToTable(quick ? 1_000_000 : 9_300_000));
        case "parquet" -> ratios.add(programs.csvToParquet(quick ? 1_000_000 : 9_300_000));
        case "large" -> ratios.add(programs.withinLimit(quick ? 4_000_000 : 45_000_000));
        case "small" -> ratios.add(programs.smallFiles(quick ? 1_000 : 10_000));
        case "s3" -> ratios.add(new S3Upload(own, quick ? 100 : 1_000).measure());
        default ->
            throw new IllegalArgumentException(name + " is none of csv, large, parquet, s3, small");
      }
      Folders.remove(own);
    }
    Folders.remove(folder);
    System.out.println();
    Ratio.table(ratios).forEach(System.out::println);
  }
}
