package dev.leat.config;

import dev.leat.flow.model.FlowModel;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.source.TableSelection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A flow file whose every value was found good.
 *
 * @param flow the flow's name
 * @param source what is replicated; a flow of steps need not have one
 * @param destination where it goes, and where steps run that name no engine
 * @param model steps and what belongs to them
 */
public record FlowFile(
    String flow,
    Optional<SourceSection> source,
    Optional<DestinationSection> destination,
    FlowModel model) {

  /** What a replication does with what is there already. */
  public enum Initial {
    COPY_AND_STREAM,
    COPY,
    STREAM
  }

  /**
   * {@code [source.NAME]}.
   *
   * @param name of the section
   * @param system the plugin
   * @param tables which tables
   * @param into schema at the destination; null for the same as at the source
   * @param rename names at the destination, by name at the source
   * @param mode what the tables are at the destination
   * @param initial copy, stream, or both
   * @param options the plugin's
   */
  public record SourceSection(
      String name,
      String system,
      TableSelection tables,
      @Nullable String into,
      Map<TableId, TableId> rename,
      WriteMode mode,
      Initial initial,
      OptionValues options) {

    /** The name of a table at the destination. */
    public TableId target(TableId table) {
      TableId renamed = rename.get(table);
      if (renamed != null) {
        return renamed;
      }
      return into == null ? table : new TableId(into, table.table());
    }
  }

  /**
   * {@code [destination.NAME]}.
   *
   * @param name of the section
   * @param system the plugin
   * @param options the plugin's
   */
  public record DestinationSection(String name, String system, OptionValues options) {}
}
