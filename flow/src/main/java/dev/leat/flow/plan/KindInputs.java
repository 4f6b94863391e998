package dev.leat.flow.plan;

import dev.leat.flow.engine.Workspace;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.TableId;
import dev.leat.sql.SqlCompiler;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a kind is told about its step's inputs. */
record KindInputs(
    Workspace workspace, Predicate<TableId> existing, List<String> watermark, Instant now)
    implements StepInputs {
  private static final ErrorCode NO_DATASET =
      new ErrorCode("FLOW_NO_DATASET", ErrorCategory.CONFIG);

  @Override
  public List<Column> columns(TableId dataset) {
    return workspace
        .columns(dataset)
        .orElseThrow(
            () ->
                new LeatException(
                    NO_DATASET,
                    "there is no dataset " + dataset,
                    "the datasets are "
                        + workspace.names().stream()
                            .map(TableId::toString)
                            .collect(Collectors.joining(", "))
                        + "; tables of a source are there after its first run"));
  }

  @Override
  public List<TableId> tablesIn(Relation relation) {
    return SqlCompiler.tables(relation, workspace.names());
  }

  @Override
  public boolean exists(TableId dataset) {
    return existing.test(dataset);
  }
}
