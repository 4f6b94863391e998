package dev.leat.replication;

import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import dev.leat.spi.source.Finding;
import dev.leat.spi.source.Source;
import dev.leat.spi.source.SourceTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables that a flow names, and whether they can be replicated. Safe for several threads. */
final class SourceTables {
  private static final Logger log = LoggerFactory.getLogger(SourceTables.class);

  private final ReplicationSettings settings;
  private final Source source;
  private final Destination destination;

  SourceTables(ReplicationSettings settings, Source source, Destination destination) {
    this.settings = settings;
    this.source = source;
    this.destination = destination;
  }

  /** All there are now, in the order of their names. */
  List<FoundTable> discover() {
    List<SourceTable> tables = source.discover(settings.tables());
    if (tables.isEmpty()) {
      throw ReplicationErrors.noTables(String.join(", ", settings.tables().include()));
    }
    List<FoundTable> found = new ArrayList<>();
    Map<TableId, TableSchema> targets = new HashMap<>();
    for (SourceTable table : tables) {
      TableMapping.Target target = settings.mapping().of(table.schema().table());
      TableSchema other = targets.put(target.table(), table.schema());
      if (other != null) {
        throw ReplicationErrors.sameTarget(other.table(), table.schema().table(), target.table());
      }
      found.add(
          new FoundTable(
              new TableTarget(table.schema(), target.table(), target.mode()),
              table.estimatedRows(),
              table.estimatedBytes()));
    }
    found.sort(Comparator.comparing(FoundTable::id));
    return found;
  }

  List<Finding> check(List<FoundTable> tables) {
    List<TableTarget> targets = tables.stream().map(FoundTable::target).toList();
    List<Finding> findings =
        new ArrayList<>(
            source.check(
                targets.stream().map(TableTarget::schema).toList(),
                settings.mode() != StartMode.COPY));
    findings.addAll(destination.check(targets));
    return findings;
  }

  /** What prevents one table from being replicated; null if nothing does. */
  @Nullable LeatException problem(FoundTable table) {
    return firstError(check(List.of(table)));
  }

  /**
   * What prevents tables from being replicated, by table.
   *
   * @param all whether any of it prevents the whole, as before anything is begun
   * @throws LeatException what prevents all of them
   */
  Map<TableId, LeatException> problems(List<FoundTable> tables, boolean all) {
    List<Finding> findings = check(tables);
    for (Finding finding : findings) {
      if (finding.severity() == Finding.Severity.WARNING) {
        log.warn("replication={} finding={}", settings.name(), finding.problem().message());
      }
    }
    LeatException first = firstError(findings);
    if (first == null) {
      return Map.of();
    }
    Map<TableId, LeatException> problems = new LinkedHashMap<>();
    if (!all) {
      for (FoundTable table : tables) {
        LeatException problem = problem(table);
        if (problem != null) {
          problems.put(table.id(), problem);
        }
      }
    }
    if (problems.isEmpty() || problems.size() == tables.size()) {
      throw first;
    }
    return problems;
  }

  private static @Nullable LeatException firstError(List<Finding> findings) {
    LeatException first = null;
    for (Finding finding : findings) {
      if (finding.severity() == Finding.Severity.ERROR) {
        if (first == null) {
          first = finding.problem();
        } else {
          first.addSuppressed(finding.problem());
        }
      }
    }
    return first;
  }
}
