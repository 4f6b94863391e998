package dev.leat.spi.engine;

import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.sql.Dialect;
import java.util.List;

/** Makes engines of one system. */
public interface EngineConnector {

  /**
   * The keys this system understands in {@code [engine.NAME]}, besides those that every engine has.
   */
  List<Option> options();

  Dialect dialect();

  /**
   * The statements that {@link Engine#publish} runs for a publication, its mark left out, for
   * people to read before it happens.
   */
  List<String> statements(Publication publication);

  /**
   * Opens and connects. {@link OpenContext#name()} is the flow's name, which marks belong to.
   *
   * @param access whether to make what does not exist and write, or only look
   * @throws dev.leat.spi.error.LeatException with code {@link
   *     dev.leat.spi.error.ErrorCode#DESTINATION_MISSING} if it is only to be looked at and is not
   *     there
   */
  Engine open(OpenContext context, Access access);
}
