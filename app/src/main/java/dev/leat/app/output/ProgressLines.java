package dev.leat.app.output;

import dev.leat.replication.ReplicationProgress;
import dev.leat.replication.TableProgress;
import dev.leat.spi.state.TableError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A replication's figures as lines for people. A pure function of its arguments. */
public final class ProgressLines {
  private static final int BAR = 24;
  private static final int LONGEST_NAME = 32;

  private ProgressLines() {}

  /**
   * A bar or figures per table, and one line for all; fits the terminal.
   *
   * @param rowsPerSecond rows copied per second lately
   */
  public static List<String> block(
      ReplicationProgress progress, double rowsPerSecond, TerminalSize size, boolean color) {
    List<String> lines = new ArrayList<>();
    int room = Math.max(1, size.lines() - 3);
    List<TableProgress> tables = progress.tables();
    if (tables.size() > room) {
      // What moves is worth more than what is done.
      tables = tables.stream().sorted(Comparator.comparing(ProgressLines::isDone)).toList();
    }
    int name = tables.stream().mapToInt(t -> t.destination().toString().length()).max().orElse(0);
    name = Math.min(name, LONGEST_NAME);
    for (TableProgress table : tables.subList(0, Math.min(room, tables.size()))) {
      lines.add(tableLine(table, name, size.columns() - 1, color));
    }
    if (tables.size() > room) {
      lines.add("… and " + Numbers.count(tables.size() - room, "more table"));
    }
    String summary = TextTable.shorten(summary(progress, rowsPerSecond), size.columns() - 1);
    lines.add(Style.BOLD.of(summary, color));
    return lines;
  }

  /** Everything in one line. */
  public static String summary(ReplicationProgress progress, double rowsPerSecond) {
    String trouble = progress.trouble();
    return switch (progress.stage()) {
      case STARTING -> "starting";
      case COPYING -> copying(progress, rowsPerSecond);
      case STREAMING -> streaming(progress);
      case WAITING -> "waiting to try again" + (trouble == null ? "" : ": " + trouble);
      case ENDED -> "ended";
    };
  }

  /** What {@link #summary} says, for programs. */
  static Map<String, Object> facts(ReplicationProgress progress, double rowsPerSecond) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", progress.stage().name().toLowerCase(Locale.ROOT));
    facts.put("rows_copied", progress.rowsCopied());
    facts.put("bytes_copied", progress.bytesCopied());
    facts.put("rows_per_second", Math.round(rowsPerSecond));
    facts.put("changes", progress.changesApplied());
    facts.put("changes_per_second", Math.round(progress.changesPerSecond()));
    facts.put("lag_milliseconds", progress.lagMillis());
    facts.put("lag_bytes", progress.lagBytes());
    facts.put("position", progress.durable().toString());
    facts.put("tables", progress.tables().size());
    facts.put("tables_in_error", progress.tables().stream().filter(t -> t.error() != null).count());
    return facts;
  }

  private static String copying(ReplicationProgress progress, double rowsPerSecond) {
    long done = progress.tables().stream().filter(ProgressLines::isDone).count();
    long retained = progress.retainedBytes();
    return "copying  %d of %d tables  %s  %s  %s rows/s%s"
        .formatted(
            done,
            progress.tables().size(),
            Numbers.count(progress.rowsCopied(), "row"),
            Numbers.bytes(progress.bytesCopied()),
            Numbers.rate(rowsPerSecond),
            retained < 0 ? "" : "  source holds back " + Numbers.bytes(retained) + " of log");
  }

  private static String streaming(ReplicationProgress progress) {
    long errors = progress.tables().stream().filter(t -> t.error() != null).count();
    return "streaming  %s  %s/s  lag %s, %s%s"
        .formatted(
            Numbers.count(progress.changesApplied(), "change"),
            Numbers.rate(progress.changesPerSecond()),
            Numbers.millis(progress.lagMillis()),
            Numbers.bytes(progress.lagBytes()),
            errors == 0 ? "" : "  " + Numbers.count(errors, "table") + " in error");
  }

  static String tableLine(TableProgress table, int nameWidth, int width, boolean color) {
    String name = pad(TextTable.shorten(table.destination().toString(), nameWidth), nameWidth);
    TableError error = table.error();
    if (error != null) {
      String text = name + "  error[" + error.code() + "]: " + error.reason();
      return Style.RED.of(TextTable.shorten(text, width), color);
    }
    double fraction = fraction(table);
    boolean withBar = width >= nameWidth + BAR + 40;
    String bar = withBar ? "  " + bar(fraction, color) : "";
    String figures =
        String.format(
            Locale.ROOT,
            "  %3d %%  %22s%s",
            (int) (fraction * 100),
            copiedBefore(table)
                ? "copied before"
                : "%s  %7s"
                    .formatted(
                        Numbers.count(table.rowsCopied(), "row"),
                        Numbers.bytes(table.bytesCopied())),
            table.changes() == 0 ? "" : "  " + Numbers.count(table.changes(), "change"));
    int room = Math.max(0, width - nameWidth - (withBar ? 2 + BAR : 0));
    return name + bar + TextTable.shorten(figures, room);
  }

  private static String bar(double fraction, boolean color) {
    int full = (int) Math.round(fraction * BAR);
    return Style.GREEN.of("━".repeat(full), color) + Style.DIM.of("─".repeat(BAR - full), color);
  }

  /** How much of the copy is done, from 0 to 1; 1 only when all of it is durable. */
  static double fraction(TableProgress table) {
    if (isDone(table)) {
      return 1;
    }
    double byRows =
        table.estimatedRows() > 0 ? (double) table.rowsCopied() / table.estimatedRows() : 0;
    double byRanges = table.ranges() > 0 ? (double) table.rangesFinished() / table.ranges() : 0;
    return Math.min(0.99, Math.max(byRows, byRanges));
  }

  /** By an earlier process. */
  private static boolean copiedBefore(TableProgress table) {
    return isDone(table) && table.rangesFinished() < table.ranges();
  }

  private static boolean isDone(TableProgress table) {
    return switch (table.phase()) {
      case COPIED, CATCHING_UP, STREAMING -> true;
      case INIT, COPYING, ERRORED, PAUSED -> false;
    };
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
