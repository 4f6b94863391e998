package dev.leat.sqlite.engine;

import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.Publication;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** SQLite as an engine, in the process. */
public final class SqliteEngineConnector implements EngineConnector {
  private static final String PATH = "path";

  @Override
  public List<Option> options() {
    return List.of(Option.required(PATH, OptionType.PATH, "the database file", "\"shop.sqlite\""));
  }

  @Override
  public Dialect dialect() {
    return SqliteWrites.DIALECT;
  }

  @Override
  public List<String> statements(Publication publication) {
    return SqliteWrites.statements(publication);
  }

  @Override
  public Engine open(OpenContext context, Access access) {
    Path file = context.options().path(PATH);
    return switch (access) {
      case READ -> {
        if (!Files.exists(file)) {
          throw EngineErrors.missing(file);
        }
        try (Session session = Session.reader(file)) {
          requireUtf8(file, session);
        }
        yield new SqliteEngine(file, null, context.name(), context.allocator());
      }
      case WRITE -> {
        makeFolder(file);
        Session session = Session.writer(file);
        try {
          requireUtf8(file, session);
        } catch (RuntimeException e) {
          session.close();
          throw e;
        }
        yield new SqliteEngine(file, session, context.name(), context.allocator());
      }
    };
  }

  private static void makeFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw EngineErrors.unusable(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** SQLite orders texts by their bytes in the file, which are to be those of UTF-8. */
  private static void requireUtf8(Path file, Session session) {
    String encoding = String.valueOf(session.rows("PRAGMA encoding").getFirst().getFirst());
    if (!encoding.equals("UTF-8")) {
      throw EngineErrors.unusable(file, "its encoding is " + encoding + ", not UTF-8", null);
    }
  }
}
