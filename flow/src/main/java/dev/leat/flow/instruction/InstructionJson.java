package dev.leat.flow.instruction;

import dev.leat.flow.json.JsonFields;
import dev.leat.flow.json.JsonText;
import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.kind.StepWork;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a step does, as JSON: <code>{"leat_instruction":1,"work":"make","into":"gold.x","write":
 * {"mode":"merge","key":["id"]},"query":{"op":"scan","table":"bronze.x"}}</code>.
 *
 * <p>There is one way to write an instruction, with keys in a fixed order and nothing optional
 * besides what is null: equal texts mean equal instructions, and the other way round. Reading takes
 * any order of keys, but neither unknown nor missing ones.
 */
public final class InstructionJson {
  /** The newest form, which is written; all from 1 up to it can be read. */
  public static final int FORMAT = 1;

  private static final ErrorCode NO_INSTRUCTION =
      new ErrorCode("INSTRUCTION_JSON", ErrorCategory.CONFIG);

  private InstructionJson() {}

  public static String write(Instruction instruction) {
    return write(new StepWork.Make(instruction));
  }

  public static String write(StepWork work) {
    return JsonText.write(json(work));
  }

  /**
   * Reads an instruction that makes a dataset.
   *
   * @throws LeatException with code INSTRUCTION_JSON for a text that is no instruction that makes a
   *     dataset; it says which field is wrong and how
   */
  public static Instruction read(String text) {
    if (readWork(text) instanceof StepWork.Make(Instruction instruction)) {
      return instruction;
    }
    throw new LeatException(
        NO_INSTRUCTION, "the instruction makes no dataset", "use one whose \"work\" is \"make\"");
  }

  /**
   * Reads an instruction of any kind.
   *
   * @throws LeatException with code INSTRUCTION_JSON for a text that is no instruction; it says
   *     which field is wrong and how
   */
  public static StepWork readWork(String text) {
    return JsonFields.parse(
            text,
            "the instruction",
            NO_INSTRUCTION,
            "write it as leat plan --json shows instructions")
        .all(
            json -> {
              json.format("leat_instruction", FORMAT);
              return work(json);
            });
  }

  /** As an object, for documents that hold instructions among other things. */
  public static Map<String, @Nullable Object> json(StepWork work) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("leat_instruction", FORMAT);
    json.putAll(
        switch (work) {
          case StepWork.Make(Instruction made) ->
              RelationWriter.fields(
                  "work", "make",
                  "into", made.into().toString(),
                  "write", RelationWriter.write(made.write()),
                  "query", RelationWriter.write(made.query()));
          case StepWork.Export export -> export(export);
          case StepWork.Run run ->
              RelationWriter.fields(
                  "work", "run",
                  "command", run.command(),
                  "timeout", run.timeout().toString());
          case StepWork.Condition condition ->
              RelationWriter.fields(
                  "work", "condition", "query", RelationWriter.write(condition.query()));
        });
    return json;
  }

  /** What is usual is left out. */
  private static Map<String, @Nullable Object> export(StepWork.Export export) {
    Map<String, @Nullable Object> json =
        RelationWriter.fields(
            "work", "export",
            "path", export.path(),
            "format", export.layout().format(),
            "partition", export.layout().partition(),
            "query", RelationWriter.write(export.query()));
    if (!export.layout().options().isEmpty()) {
      json.put("options", export.layout().options());
    }
    if (export.layout().targetSize() > 0) {
      json.put("target_size", export.layout().targetSize());
    }
    List.of(
            Map.entry("folder", export.folder()),
            Map.entry("adds", export.adds()),
            Map.entry("compact", export.compact()))
        .stream()
        .filter(Map.Entry::getValue)
        .forEach(flag -> json.put(flag.getKey(), true));
    return json;
  }

  private static StepWork work(JsonFields json) {
    return switch (json.text("work")) {
      case "make" ->
          new StepWork.Make(
              new Instruction(
                  json.table("into"),
                  RelationReader.relation(json, "query"),
                  RelationReader.write(json, "write")));
      case "export" ->
          new StepWork.Export(
              RelationReader.relation(json, "query"),
              json.text("path"),
              new FileLayout(
                  json.text("format"),
                  json.has("options") ? json.object("options").allTexts() : Map.of(),
                  json.texts("partition"),
                  json.has("target_size") ? json.number("target_size") : 0),
              json.has("folder") && json.flag("folder"),
              json.has("adds") && json.flag("adds"),
              json.has("compact") && json.flag("compact"));
      case "run" ->
          new StepWork.Run(
              json.texts("command"),
              json.parsed("timeout", "a duration such as PT10M", InstructionJson::duration));
      case "condition" -> new StepWork.Condition(RelationReader.relation(json, "query"));
      default -> throw json.wrong("work", "one of make, export, run, condition");
    };
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
