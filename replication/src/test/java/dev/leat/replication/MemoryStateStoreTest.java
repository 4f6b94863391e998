package dev.leat.replication;

import dev.leat.spi.state.StateStore;
import dev.leat.testkit.contract.StateStoreContract;

class MemoryStateStoreTest implements StateStoreContract {
  private final StateStore store = new MemoryStateStore();

  @Override
  public StateStore openStore() {
    return store;
  }
}
