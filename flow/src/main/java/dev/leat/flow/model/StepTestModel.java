package dev.leat.flow.model;

import dev.leat.flow.Place;
import dev.leat.spi.schema.TableId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code [test.NAME]}: what a step makes of given rows.
 *
 * @param name of the test
 * @param step which is tested
 * @param given rows of its inputs, values as text by column; null for NULL; a dataset that is not
 *     there is empty
 * @param expect the rows of the dataset afterwards, in any order; columns that are not named are
 *     not compared
 * @param now the time of the run; empty for the real one
 * @param place in the flow file
 */
public record StepTestModel(
    String name,
    String step,
    Map<TableId, List<Map<String, @Nullable String>>> given,
    List<Map<String, @Nullable String>> expect,
    String now,
    Place place) {}
