package dev.leat.flow.steptest;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.model.PublishModel;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.Storages;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One engine, whatever name is asked for, so that nothing else can be read or written.
 *
 * @param engine closed by whoever opened it
 */
record OneEngine(EngineConnector connector, Engine engine) implements Engines {
  @Override
  public String usual() {
    return connector.dialect().name();
  }

  @Override
  public EngineConnector connector(String name) {
    return connector;
  }

  @Override
  public Engine engine(String name) {
    return engine;
  }

  @Override
  public Optional<Engine> find(String name) {
    return Optional.of(engine);
  }

  @Override
  public EngineConnector connector(PublishModel publish) {
    throw outside();
  }

  @Override
  public Engine engine(PublishModel publish) {
    throw outside();
  }

  @Override
  public FileWriter files() {
    throw outside();
  }

  @Override
  public Engine scratch(Path file) {
    throw outside();
  }

  @Override
  public Storages storages() {
    throw outside();
  }

  private static LeatException outside() {
    return new LeatException(
        ErrorCode.INTERNAL,
        "the test of a step was about to write elsewhere",
        "this is a defect of Leat; nothing was written");
  }

  @Override
  public void close() {
    // Whoever opened the engine closes it.
  }
}
