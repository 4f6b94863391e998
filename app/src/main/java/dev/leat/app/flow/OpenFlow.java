package dev.leat.app.flow;

import dev.leat.spi.destination.Destination;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.source.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** What of a flow is open, with the memory it uses; closed in the opposite order. */
public final class OpenFlow implements AutoCloseable {
  private final Flow flow;
  private final BufferAllocator allocator;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  public OpenFlow(Flow flow) {
    this.flow = flow;
    this.allocator = new RootAllocator(flow.memory());
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  public Source source() {
    return opened(
        flow.source().connector().open(context(flow.source().name(), flow.source().options())));
  }

  public Destination destination(Access access) {
    return opened(
        flow.destination()
            .connector()
            .open(context(flow.destination().name(), flow.destination().options()), access));
  }

  /** Has something closed together with what was opened here. */
  public <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  private OpenContext context(String section, OptionValues options) {
    return new OpenContext(section, flow.settings().name(), options, allocator);
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
