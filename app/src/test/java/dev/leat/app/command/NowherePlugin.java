package dev.leat.app.command;

import dev.leat.spi.compare.HashRequest;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.Plugin;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import java.util.List;
import java.util.Optional;

/** A destination for flows that never get so far as to open it. */
public final class NowherePlugin implements Plugin, DestinationConnector {
  @Override
  public String name() {
    return "nowhere";
  }

  @Override
  public String summary() {
    return "takes nothing";
  }

  @Override
  public Optional<DestinationConnector> destination() {
    return Optional.of(this);
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.optional("path", OptionType.PATH, "", "where", "\"here\""),
        Option.optional("wait", OptionType.DURATION, "\"1s\"", "how long", "\"30s\""));
  }

  @Override
  public String typeName(LogicalType type) {
    return type.toString();
  }

  @Override
  public List<String> statements(TableTarget target) {
    return List.of();
  }

  @Override
  public String hashQuery(TableTarget target, List<Column> columns, HashRequest request) {
    return "";
  }

  @Override
  public Destination open(OpenContext context, Access access) {
    throw new LeatException(ErrorCode.DESTINATION_MISSING, "nothing is nowhere", "");
  }
}
