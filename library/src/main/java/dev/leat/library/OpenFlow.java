package dev.leat.library;

import dev.leat.spi.destination.Destination;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.source.Source;
import org.apache.arrow.memory.BufferAllocator;

/** What of a flow is open, with the memory it uses; closed in the opposite order. */
public final class OpenFlow implements AutoCloseable {
  private final Flow flow;
  private final OpenResources resources;

  public OpenFlow(Flow flow) {
    this.flow = flow;
    this.resources = new OpenResources(flow.memory());
  }

  public BufferAllocator allocator() {
    return resources.allocator();
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
    return resources.opened(resource);
  }

  private OpenContext context(String section, OptionValues options) {
    return new OpenContext(section, flow.settings().name(), options, allocator());
  }

  @Override
  public void close() {
    resources.close();
  }
}
