package dev.leat.library;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** What is open, with the memory it uses; closed in the opposite order. */
final class OpenResources implements AutoCloseable {
  private final BufferAllocator allocator;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * @param memory bytes for columns on their way
   */
  OpenResources(long memory) {
    this.allocator = new RootAllocator(memory);
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Has something closed together with what was opened here. */
  <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    RuntimeException first = null;
    open.addLast(allocator);
    for (AutoCloseable resource : open) {
      try {
        resource.close();
      } catch (Exception e) {
        RuntimeException failure =
            e instanceof RuntimeException r ? r : new IllegalStateException(e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    open.clear();
    if (first != null) {
      throw first;
    }
  }
}
