package dev.leat.flow.documents;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.repository.Documents;
import dev.leat.spi.repository.DocumentsConnector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code [store] type} may be without a plugin. */
public final class BuiltInDocuments {
  private BuiltInDocuments() {}

  /** {@code files} and {@code memory}, by name. */
  public static Map<String, DocumentsConnector> connectors() {
    return Map.of("files", new FilesConnector(), "memory", new MemoryConnector());
  }

  private static final class FilesConnector implements DocumentsConnector {
    private static final String FOLDER = "folder";

    @Override
    public List<Option> options() {
      return List.of(
          Option.optional(
              FOLDER,
              OptionType.PATH,
              "",
              "where the folder FLOW.documents is made; beside the flow's state if not given",
              "\"documents\""));
    }

    @Override
    public Documents open(Path directory, String flow, OptionValues options, boolean write) {
      return FileDocuments.open(
          options
              .optional(FOLDER, Path.class)
              .orElse(directory)
              .resolve(FileNames.encode(flow) + ".documents"),
          write);
    }
  }

  private static final class MemoryConnector implements DocumentsConnector {
    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Documents open(Path directory, String flow, OptionValues options, boolean write) {
      return new MemoryDocuments();
    }
  }
}
