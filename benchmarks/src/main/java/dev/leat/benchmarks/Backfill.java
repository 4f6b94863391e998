package dev.leat.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A copy of one table of mixed types into DuckDB. */
final class Backfill {
  private final Programs programs;
  private final int rows;

  Backfill(Programs programs, int rows) {
    this.programs = programs;
    this.rows = rows;
  }

  List<Ratio> measure() throws IOException, InterruptedException, SQLException {
    programs
        .server()
        .execute(
            "CREATE TABLE orders (id int8 PRIMARY KEY, customer int4, status text, total"
                + " numeric(12,2), created timestamptz, updated timestamp, doc jsonb, ref uuid, paid"
                + " bool, weight float8, due date, signature bytea, priority int2, note text)",
            "INSERT INTO orders SELECT i, i % 50000, (ARRAY['new','paid','sent','back'])[1 + i % 4],"
                + " (i % 100000) / 7.0, timestamptz '2024-01-01' + i * interval '7 s', timestamp"
                + " '2024-01-02' + i * interval '3 s', jsonb_build_object('sku', md5(i::text), 'n',"
                + " i % 17, 'tags', jsonb_build_array('a', i % 5)), md5(i::text)::uuid, i % 3 = 0,"
                + " i / 3.0, date '2024-01-01' + i % 700, decode(md5((i * 7)::text), 'hex'), i % 10,"
                + " 'note ' || i || ' ' || repeat('x', i % 40) FROM generate_series(1, "
                + rows
                + ") AS i",
            "VACUUM ANALYZE orders",
            "CHECKPOINT");
    List<Measured> leat = new ArrayList<>();
    List<Measured> psql = new ArrayList<>();
    List<Measured> debezium = new ArrayList<>();
    for (int round = 0; round < Programs.ROUNDS; round++) {
      psql.add(programs.psqlCopy("orders"));
      Path flow = programs.flow("backfill" + round, "orders", "copy");
      leat.add(programs.leat(flow));
      debezium.add(
          programs.debezium(DebeziumCount.Work.SNAPSHOT, "public.orders", "debezium", rows));
      Map<String, Measured> measured = new LinkedHashMap<>();
      measured.put("Leat", leat.getLast());
      measured.put("psql", psql.getLast());
      measured.put("Debezium", debezium.getLast());
      Programs.progress("backfill", round, measured);
    }
    programs.server().execute("DROP PUBLICATION IF EXISTS debezium");
    String what = "backfill `orders` into DuckDB, beside ";
    return List.of(
        new Ratio(what + "one psql binary COPY to nowhere", rows, leat, psql, 0.60, 0.8),
        new Ratio(what + "a Debezium snapshot only counted", rows, leat, debezium, 4.5, 8));
  }
}
