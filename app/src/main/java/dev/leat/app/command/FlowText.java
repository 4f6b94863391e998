package dev.leat.app.command;

import dev.leat.flow.model.LoadModel;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A flow file as its author wrote it, for changes that leave all else as it is.
 *
 * @param file where it is
 * @param text all of it
 */
record FlowText(Path file, String text) {
  private static final ErrorCode NOT_WRITTEN =
      new ErrorCode("FLOW_NOT_WRITTEN", ErrorCategory.CONFIG);

  private static final Pattern LINE = Pattern.compile("[^\\n]*(?:\\n|\\z)");
  private static final Pattern INTO = Pattern.compile("([ \\t]*)(into[ \\t]*)=.*", Pattern.DOTALL);
  private static final int WIDTH = 100;

  static FlowText read(Path file) {
    try {
      return new FlowText(file, Files.readString(file));
    } catch (IOException e) {
      throw notWritten(file, "cannot be read as text", e);
    }
  }

  /**
   * The same with the columns of a source behind its {@code into}.
   *
   * @param columns types by name
   * @throws LeatException category CONFIG if that is not found
   */
  FlowText withColumns(LoadModel load, Map<String, String> columns) {
    Matcher lines = LINE.matcher(text);
    for (int number = 1; lines.find() && !lines.group().isEmpty(); number++) {
      if (number <= load.place().line()) {
        continue;
      }
      String line = lines.group();
      if (line.stripLeading().startsWith("[")) {
        break;
      }
      Matcher into = INTO.matcher(line);
      if (into.matches()) {
        String end = line.endsWith("\r\n") ? "\r\n" : "\n";
        String added =
            lines(columns, into.group(2).length()).stream()
                .map(one -> into.group(1) + one + end)
                .collect(Collectors.joining("", line.endsWith("\n") ? "" : end, ""));
        return new FlowText(
            file, text.substring(0, lines.end()) + added + text.substring(lines.end()));
      }
    }
    throw notFound(load);
  }

  /** One line, or one for each column where that would be too long. */
  private static List<String> lines(Map<String, String> columns, int width) {
    String one =
        columns.entrySet().stream()
            .map(column -> key(column.getKey()) + " = \"" + column.getValue() + "\"")
            .collect(Collectors.joining(", ", padded("columns", width) + "= { ", " }"));
    if (one.length() <= WIDTH) {
      return List.of(one);
    }
    int longest =
        columns.keySet().stream()
            .mapToInt(name -> ("columns." + key(name) + " ").length())
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    columns.forEach(
        (name, type) ->
            lines.add(
                padded("columns." + key(name), Math.max(longest, width)) + "= \"" + type + "\""));
    return lines;
  }

  private static String padded(String key, int width) {
    return key + " ".repeat(Math.max(1, width - key.length()));
  }

  /** A name as a key of TOML. */
  static String key(String name) {
    return name.matches("[A-Za-z0-9_-]+")
        ? name
        : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Writes it in the place of the file, as a whole. */
  void write() {
    try {
      Path target = file.toRealPath();
      Path aside =
          Files.createTempFile(
              Objects.requireNonNull(target.getParent()),
              ".leat-",
              target.getFileName().toString());
      try {
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        PosixFileAttributeView rights =
            Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (rights != null) {
          Files.setPosixFilePermissions(aside, rights.readAttributes().permissions());
        }
        Files.move(
            aside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw notWritten(file, "cannot be written", e);
    }
  }

  static LeatException notFound(LoadModel load) {
    return new LeatException(
        NOT_WRITTEN,
        "the place for columns in the section of " + load.node() + " is not found",
        "write the line columns = … into it by hand");
  }

  private static LeatException notWritten(Path file, String what, IOException e) {
    return new LeatException(
        NOT_WRITTEN,
        file.getFileName() + " " + what + ": " + e.getClass().getSimpleName(),
        "write the line columns = … into it by hand",
        e);
  }
}
