package dev.leat.flow.export;

import dev.leat.flow.model.PublishModel;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.util.ArrayList;
import java.util.List;

/** {@code [publish.NAME] to = "files"}: each dataset in a folder of its own. */
public final class FilePublish {
  /** What stands in {@code to}. */
  public static final String SYSTEM = "files";

  private static final String USUAL = "parquet";

  private FilePublish() {}

  /** The keys that it has besides those of all publishes. */
  public static List<Option> options() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.required(
            "path",
            OptionType.STRING,
            "Where a folder is made for each dataset, schema/table; an address such as"
                + " s3://bucket/marts, or relative to the flow file",
            "\"out\""));
    options.addAll(FileOptions.format(USUAL));
    options.addAll(FileOptions.division());
    return List.copyOf(options);
  }

  /** The format of the files. */
  public static String format(OptionValues options) {
    return options.optional("format", String.class).orElse(USUAL);
  }

  /**
   * What writes a dataset.
   *
   * @param target the name that it has there
   */
  public static StepWork.Export work(PublishModel publish, TableId dataset, TableId target) {
    OptionValues options = publish.options();
    String root = options.string("path").replaceFirst("/+$", "");
    return new StepWork.Export(
        new Relation.Scan(dataset),
        root + "/" + target.schema() + "/" + target.table(),
        FileOptions.layout(options, format(options), root, false),
        true,
        false,
        false);
  }
}
