package dev.leat.flow.kinds;

import dev.leat.flow.export.FileOptions;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dataset as files. */
final class ExportKind implements StepKind {
  private static final Pattern TIME = Pattern.compile("\\{time:([^{}]+)}");

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "A dataset is written into files, as a whole or only what is new or changed";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.required(
            "path",
            OptionType.STRING,
            "The file, or the folder where there are several; an address such as"
                + " s3://bucket/orders, or relative to the flow file; {time:yyyy-MM-dd} is the time"
                + " of the run, in UTC",
            "\"out/orders_{time:yyyy-MM-dd}.csv\""));
    options.addAll(FileOptions.format("what the path ends with"));
    options.addAll(FileOptions.division());
    options.add(
        Option.choice(
            "only",
            "All rows anew, or those that incremental says are new beside the files of earlier"
                + " runs",
            "all",
            "changed"));
    options.add(
        Option.optional(
            "compact",
            OptionType.BOOLEAN,
            "false",
            "With only = \"changed\": makes files of earlier runs that are smaller than half of"
                + " target_size into larger ones",
            "true"));
    options.add(IncrementalOption.ofOne());
    return List.copyOf(options);
  }

  @Override
  public boolean makesDataset() {
    return false;
  }

  @Override
  public List<TableId> inputs(StepDefinition step, Function<Relation, List<TableId>> tablesIn) {
    check(step);
    return List.of(StepKeys.from(step));
  }

  @Override
  public List<StepNode> expand(StepDefinition step, StepInputs inputs) {
    check(step);
    TableId from = StepKeys.from(step);
    StepColumns unused =
        new StepColumns(step, from, inputs).require(step.options().strings("partition"));
    return List.of(
        new StepNode(
            step.into(),
            List.of(),
            IncrementalOption.read(step, List.of(from), inputs),
            work(step, from, path(step, inputs.now()))));
  }

  private static StepWork.Export work(StepDefinition step, TableId from, String path) {
    OptionValues options = step.options();
    String format = format(step);
    boolean adds = isChanged(step) && isSame(step);
    boolean compact = options.optional("compact", Boolean.class).orElse(false);
    boolean folder =
        adds
            || !options.strings("partition").isEmpty()
            || options.optional("target_size", Long.class).isPresent();
    return new StepWork.Export(
        new Relation.Scan(from),
        path,
        FileOptions.layout(options, format, path, compact),
        folder,
        adds,
        compact);
  }

  private static boolean isChanged(StepDefinition step) {
    return step.options().string("only").equals("changed");
  }

  /** Whether every run writes to the same path. */
  private static boolean isSame(StepDefinition step) {
    return !TIME.matcher(step.options().string("path")).find();
  }

  private static void check(StepDefinition step) {
    TableId from = StepKeys.from(step);
    List<String> partition =
        StepKeys.distinct(step, "partition", step.options().strings("partition"));
    if (step.write() != null) {
      throw StepProblem.options(
          step, "it has write, and files are always written anew", "remove write");
    }
    String path = path(step, Instant.EPOCH);
    String format = format(step);
    FileOptions.check(step.options(), format)
        .ifPresent(
            wrong -> {
              throw StepProblem.options(step, "it " + wrong.sentence(), wrong.fix());
            });
    boolean file = FileOptions.isFile(path, format);
    boolean sized = step.options().optional("target_size", Long.class).isPresent();
    if ((!partition.isEmpty() || sized) && file) {
      throw StepProblem.options(
          step,
          "path is a file, and %s"
              .formatted(sized ? "target_size makes several" : "partition makes folders"),
          "name a folder and add format = \"%s\", or remove %s"
              .formatted(format, sized ? "target_size" : "partition"));
    }
    boolean changed = isChanged(step);
    if (changed != IncrementalOption.given(step)) {
      throw StepProblem.options(
          step,
          changed
              ? "it writes only changed rows and does not say which are new"
              : "it writes all rows and has incremental",
          changed
              ? "add incremental = { column = \"updated_at\" }"
              : "add only = \"changed\", or remove incremental");
    }
    if (changed && isSame(step) && file) {
      throw StepProblem.options(
          step,
          "each run would write its changed rows over those of the run before",
          "name a folder and add format = \"%s\", or have the time in path, such as"
                  .formatted(format)
              + " out/orders_{time:yyyyMMdd_HHmmss}.csv");
    }
    if (step.options().optional("compact", Boolean.class).orElse(false)
        && !(changed && isSame(step))) {
      throw StepProblem.options(
          step,
          "it compacts files of earlier runs, and each run writes all anew or elsewhere",
          "remove compact, or add only = \"changed\" and name a folder without a time");
    }
    IncrementalOption.check(step, List.of(from));
  }

  private static String path(StepDefinition step, Instant now) {
    Matcher matcher = TIME.matcher(step.options().string("path"));
    StringBuilder path = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(path, Matcher.quoteReplacement(time(step, matcher.group(1), now)));
    }
    String result = matcher.appendTail(path).toString();
    if (result.isBlank() || result.indexOf('{') >= 0) {
      throw StepProblem.options(
          step,
          result.isBlank() ? "path is empty" : "path has a brace that is no {time:…}",
          "write for example path = \"out/orders_{time:yyyy-MM-dd}.csv\"");
    }
    return result;
  }

  private static String time(StepDefinition step, String pattern, Instant now) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(now);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw StepProblem.options(
          step,
          "path has a pattern that is none of a time: " + pattern,
          "write for example {time:yyyy-MM-dd}");
    }
  }

  private static String format(StepDefinition step) {
    return FileOptions.format(step.options(), step.options().string("path"))
        .orElseThrow(
            () ->
                StepProblem.options(
                    step,
                    "path does not end as one of the formats",
                    "add format = \"parquet\", or csv or json"));
  }
}
