package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.library.OpenFlow;
import dev.leat.replication.StartMode;
import dev.leat.replication.TableMapping;
import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import dev.leat.spi.state.StateStore;
import java.util.ArrayList;
import java.util.List;

/** Looks at the source and the destination of a flow, and changes nothing. */
final class FlowCheck {
  private final Flow flow;
  private final List<Finding> findings = new ArrayList<>();

  FlowCheck(Flow flow) {
    this.flow = flow;
  }

  /**
   * @param findings errors and warnings
   * @param tables how many tables the flow selects
   */
  record Result(List<Finding> findings, int tables) {
    static final Result NOTHING = new Result(List.of(), 0);

    /** What a command ends with that would do the work. */
    int exitCode() {
      return findings.stream()
          .filter(finding -> finding.severity() == Finding.Severity.ERROR)
          .findFirst()
          .map(finding -> Failures.exitCode(finding.problem()))
          .orElse(ExitCode.DONE);
    }

    /** Throws the first error, the others suppressed within it. */
    void requireNoErrors() {
      List<LeatException> errors =
          findings.stream()
              .filter(finding -> finding.severity() == Finding.Severity.ERROR)
              .map(Finding::problem)
              .toList();
      if (!errors.isEmpty()) {
        errors.stream().skip(1).forEach(errors.getFirst()::addSuppressed);
        throw errors.getFirst();
      }
    }
  }

  /** One failing side does not keep the other from being looked at. */
  Result run(Source source) {
    List<TableSchema> schemas = new ArrayList<>();
    try {
      for (SourceTable table : source.discover(flow.settings().tables())) {
        schemas.add(table.schema());
      }
      findings.addAll(source.check(schemas, flow.settings().mode() != StartMode.COPY));
    } catch (LeatException e) {
      findings.add(Finding.error(e));
    }
    // While a run goes on only that process may open it.
    if (!isRunning()) {
      try (OpenFlow open = new OpenFlow(flow)) {
        Destination destination = open.destination(Access.READ);
        findings.addAll(destination.check(schemas.stream().map(this::target).toList()));
      } catch (LeatException e) {
        // The first run makes it.
        if (FlowStore.exists(flow) || !e.code().equals(ErrorCode.DESTINATION_MISSING)) {
          findings.add(Finding.error(e));
        }
      }
    }
    return new Result(List.copyOf(findings), schemas.size());
  }

  private boolean isRunning() {
    if (!FlowStore.exists(flow)) {
      return false;
    }
    try (StateStore store = FlowStore.open(flow, false)) {
      return store.holder(flow.name()).isPresent();
    }
  }

  private TableTarget target(TableSchema schema) {
    TableMapping.Target target = flow.settings().mapping().of(schema.table());
    return new TableTarget(schema, target.table(), target.mode());
  }
}
