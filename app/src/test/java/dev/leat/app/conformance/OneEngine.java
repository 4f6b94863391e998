package dev.leat.app.conformance;

import dev.leat.flow.engine.Engines;
import dev.leat.flow.model.PublishModel;
import dev.leat.spi.engine.Engine;
import dev.leat.spi.engine.EngineConnector;
import dev.leat.spi.engine.FileWriter;
import dev.leat.spi.storage.Storages;
import java.nio.file.Path;
import java.util.Optional;

/** A flow's engines where all of them are the bench's, which stays open. */
record OneEngine(Workbench bench) implements Engines {
  @Override
  public String usual() {
    return bench.made().system();
  }

  @Override
  public EngineConnector connector(String name) {
    return bench.made().connector();
  }

  @Override
  public Engine engine(String name) {
    return bench.engine();
  }

  @Override
  public Optional<Engine> find(String name) {
    return Optional.of(bench.engine());
  }

  @Override
  public EngineConnector connector(PublishModel publish) {
    throw new UnsupportedOperationException("these flows publish nothing");
  }

  @Override
  public Engine engine(PublishModel publish) {
    throw new UnsupportedOperationException("these flows publish nothing");
  }

  @Override
  public FileWriter files() {
    throw new UnsupportedOperationException("these flows write no files");
  }

  @Override
  public Engine scratch(Path file) {
    throw new UnsupportedOperationException("these flows have no files");
  }

  @Override
  public Storages storages() {
    throw new UnsupportedOperationException("these flows have no files");
  }

  @Override
  public void close() {}
}
