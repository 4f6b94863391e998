package dev.leat.flow.engine;

import dev.leat.flow.model.PublishModel;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.storage.Storages;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The engines and storages that a flow names, each opened when it is first wanted and closed with
 * all others. Safe for use by several threads.
 */
public interface Engines extends AutoCloseable {

  /** The engine of steps that name none. */
  String usual();

  /**
   * What makes the engine of that name.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if there is none
   */
  EngineConnector connector(String name);

  /**
   * The engine of that name.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if there is none, or as {@link
   *     EngineConnector#open} does
   */
  Engine engine(String name);

  /** The engine of that name if there is something to look at; only looking makes nothing. */
  Optional<Engine> find(String name);

  /**
   * An engine of its own that reads files, for those that cannot. The caller closes it.
   *
   * @param file where it may keep what it has no memory for; made anew
   * @throws dev.leat.spi.error.LeatException category CONFIG if nothing that is installed does
   */
  Engine scratch(Path file);

  /** What makes the engine that a publish writes to. */
  EngineConnector connector(PublishModel publish);

  /** The engine that a publish writes to. */
  Engine engine(PublishModel publish);

  /**
   * What writes files.
   *
   * @throws dev.leat.spi.error.LeatException category CONFIG if nothing that is installed does
   */
  FileWriter files();

  /** Where files are that the flow reads and writes. */
  Storages storages();

  @Override
  void close();
}
