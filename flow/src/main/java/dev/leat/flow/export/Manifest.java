package dev.leat.flow.export;

import dev.leat.flow.json.JsonFields;
import dev.leat.flow.json.JsonText;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a folder belong to an export. It is written last and as a whole: who follows it
 * sees an export or the one before, never a part of one.
 *
 * @param dataset what was exported
 * @param run that wrote it
 * @param written when
 * @param fingerprint of what was exported; empty if that is not known
 * @param format of the files
 * @param partition columns that make folders
 * @param rows in all files
 * @param added rows of the last run
 * @param shapes columns that files have, in the order in which they came up
 * @param files all of them
 */
record Manifest(
    String dataset,
    String run,
    Instant written,
    String fingerprint,
    String format,
    List<String> partition,
    long rows,
    long added,
    List<List<Shape>> shapes,
    List<File> files) {
  static final String NAME = "_manifest.json";
  private static final int FORM = 1;
  private static final ErrorCode DAMAGED = new ErrorCode("EXPORT_MANIFEST", ErrorCategory.CONFIG);

  Manifest {
    partition = List.copyOf(partition);
    shapes = List.copyOf(shapes);
    files = List.copyOf(files);
  }

  /** A column. */
  record Shape(String name, String type) {
    static List<Shape> of(List<Column> columns) {
      return columns.stream()
          .map(column -> new Shape(column.name(), column.type().toString()))
          .toList();
    }

    Column column() {
      return new Column(name, LogicalType.parse(type), true, "");
    }
  }

  /**
   * A file.
   *
   * @param name below the folder
   * @param bytes its size
   * @param rows -1 if they were not counted
   * @param run that wrote it
   * @param shape which of the shapes it has
   */
  record File(String name, long bytes, long rows, String run, int shape) {
    /** The folder that it is in, with a slash at its end; empty for the export's own. */
    String folder() {
      return name.substring(0, name.lastIndexOf('/') + 1);
    }
  }

  String text() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("leat_manifest", FORM);
    json.put("dataset", dataset);
    json.put("run", run);
    json.put("written", written.toString());
    json.put("fingerprint", fingerprint);
    json.put("format", format);
    json.put("partition", partition);
    json.put("rows", rows);
    json.put("added", added);
    json.put("columns", shapes.isEmpty() ? List.of() : columns(shapes.getLast()));
    json.put("shapes", shapes.stream().map(Manifest::columns).toList());
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    for (File file : files) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", file.name());
      entry.put("bytes", file.bytes());
      if (file.rows() >= 0) {
        entry.put("rows", file.rows());
      }
      entry.put("run", file.run());
      entry.put("shape", file.shape());
      entries.add(entry);
    }
    json.put("files", entries);
    return JsonText.write(json) + "\n";
  }

  private static Map<String, Object> columns(List<Shape> shape) {
    Map<String, Object> columns = new LinkedHashMap<>();
    shape.forEach(column -> columns.put(column.name(), column.type()));
    return columns;
  }

  /**
   * Reads one.
   *
   * @param where for people
   */
  static Manifest parse(String text, String where) {
    return JsonFields.parse(
            text,
            where,
            DAMAGED,
            "move the folder away, or remove the file and everything that it names; the next export"
                + " writes it anew")
        .all(Manifest::read);
  }

  private static Manifest read(JsonFields json) {
    int unused = json.format("leat_manifest", FORM);
    Map<String, String> latest = json.object("columns").allTexts();
    List<List<Shape>> shapes =
        json.objects(
            "shapes",
            shape ->
                shape.allTexts().entrySet().stream()
                    .map(column -> new Shape(column.getKey(), column.getValue()))
                    .toList());
    if (!shapes.isEmpty() && latest.size() != shapes.getLast().size()) {
      throw json.wrong("columns", "those of the last shape");
    }
    return new Manifest(
        json.text("dataset"),
        json.text("run"),
        json.instant("written"),
        json.text("fingerprint"),
        json.text("format"),
        json.texts("partition"),
        json.number("rows"),
        json.number("added"),
        shapes,
        json.objects(
            "files",
            file ->
                file.all(
                    f ->
                        new File(
                            f.text("name"),
                            f.number("bytes"),
                            f.has("rows") ? f.number("rows") : -1,
                            f.text("run"),
                            Math.toIntExact(f.number("shape"))))));
  }
}
