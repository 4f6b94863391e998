package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same changes into a large table and into a small one: four fifths on rows that are there. */
final class Growth {
  private static final int PER_TRANSACTION = 100;

  private final Programs programs;
  private final int small;
  private final int large;
  private final int changes;

  Growth(Programs programs, int small, int large, int changes) {
    this.programs = programs;
    this.small = small;
    this.large = large;
    this.changes = changes;
  }

  List<Ratio> measure() throws IOException, InterruptedException, SQLException {
    Path smallFlow = prepare("small", small);
    Path largeFlow = prepare("large", large);
    List<Measured> intoSmall = new ArrayList<>();
    List<Measured> intoLarge = new ArrayList<>();
    for (int round = 0; round < Programs.ROUNDS; round++) {
      intoSmall.add(drain("small", small, smallFlow, round));
      intoLarge.add(drain("large", large, largeFlow, round));
      Map<String, Measured> measured = new LinkedHashMap<>();
      measured.put("small", intoSmall.getLast());
      measured.put("large", intoLarge.getLast());
      Programs.progress("growth", round, measured);
    }
    String what =
        "drain into a table of %d M rows, beside the same into one of %d M"
            .formatted(large / 1_000_000, small / 1_000_000);
    return List.of(new Ratio(what, changes, intoLarge, intoSmall, 0.5, 0.8));
  }

  private Path prepare(String table, int rows)
      throws IOException, InterruptedException, SQLException {
    programs
        .server()
        .execute(
            "CREATE TABLE %s (id int8 PRIMARY KEY, customer int4, total numeric(12,2), note text)"
                .formatted(table),
            "INSERT INTO %s SELECT i, i %% 1000, i / 4.0, 'note ' || i FROM generate_series(1, %d) AS i"
                .formatted(table, rows),
            ("CREATE PROCEDURE change_%1$s(rows int, round int) LANGUAGE plpgsql AS $$ BEGIN FOR t"
                    + " IN 1..%2$d LOOP UPDATE %1$s SET total = total + 1, note = 'new ' || t WHERE"
                    + " id IN (SELECT 1 + (random() * (rows - 1))::int8 FROM generate_series(1,"
                    + " %3$d)); INSERT INTO %1$s SELECT rows + (round * %2$d + t) * %4$d + i, i, i,"
                    + " 'added' FROM generate_series(1, %4$d) AS i; COMMIT; END LOOP; END $$")
                .formatted(
                    table,
                    changes / PER_TRANSACTION,
                    PER_TRANSACTION * 4 / 5,
                    PER_TRANSACTION / 5));
    Path flow = programs.flow(table, table, "copy_and_stream");
    programs.leat(flow);
    return flow;
  }

  private Measured drain(String table, int rows, Path flow, int round)
      throws IOException, InterruptedException, SQLException {
    programs.server().execute("CALL change_%s(%d, %d)".formatted(table, rows, round), "CHECKPOINT");
    return programs.leat(flow);
  }
}
