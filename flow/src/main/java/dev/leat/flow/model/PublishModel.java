package dev.leat.flow.model;

import dev.leat.flow.Place;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Map;

/**
 * {@code [publish.NAME]}: datasets that are written to another system when they are done.
 *
 * @param name of the section
 * @param system the plugin
 * @param options the plugin's
 * @param tables what is written where, in the order of the file
 * @param write how: replace, or merge by a key
 * @param indexes columns to index, by the table's name there
 * @param place in the flow file
 */
public record PublishModel(
    String name,
    String system,
    OptionValues options,
    Map<TableId, TableId> tables,
    Write write,
    Map<TableId, List<String>> indexes,
    Place place) {}
