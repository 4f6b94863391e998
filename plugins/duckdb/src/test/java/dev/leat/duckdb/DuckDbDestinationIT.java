package dev.leat.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.destination.Destination;
import dev.leat.spi.destination.TableTarget;
import dev.leat.spi.destination.WriteMode;
import dev.leat.spi.plugin.DestinationConnector.Access;
import dev.leat.spi.plugin.OpenContext;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.testkit.contract.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real file. */
final class DuckDbDestinationIT extends DestinationContract {
  @TempDir private Path folder;
  private String replication = "it";

  @Override
  protected Destination open(BufferAllocator memory) {
    return new DuckDbPlugin()
        .destination()
        .orElseThrow()
        .open(
            new OpenContext(
                "it",
                replication,
                new OptionValues(Map.of("path", folder.resolve("it.duckdb"))),
                memory),
            Access.WRITE);
  }

  @Test
  void keepsEveryChangeAndNamesWhatWasUnchanged() {
    TableTarget target = target(WriteMode.HISTORY, true);
    destination().startCopy(target);
    copy(target, "a", false, row(1, "x", "big"));
    apply(
        target,
        changes -> {
          changes.update(1, "y");
          changes.delete(1);
        });
    assertThat(
            destination()
                .queries()
                .orElseThrow()
                .query(
                    "SELECT id, \"select\", doc, _leat_op, _leat_unchanged FROM shop.\"it\"\"ems\" ORDER BY _leat_ordinal NULLS FIRST",
                    10)
                .rows())
        .containsExactly(
            Arrays.asList("1", "x", "big", "R", null),
            Arrays.asList("1", "y", null, "U", "[\"doc\"]"),
            Arrays.asList("1", null, null, "D", null));
  }

  @Test
  void refusesATableOfSomebodyElse() {
    TableTarget target = target(WriteMode.MIRROR, true);
    destination().startCopy(target);
    replication = "another";
    reopen();
    assertThat(destination().check(List.of(target)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.problem().code().name()).isEqualTo("DUCKDB_TABLE_EXISTS"));
    assertThatThrownBy(() -> destination().startCopy(target))
        .hasMessageContaining("already exists");
  }

  @Test
  void leavesAFileOfAnotherProgramAlone() throws IOException {
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, "not a database");
    assertThatThrownBy(() -> DuckDbDatabase.open(file, true, 1 << 28, 1))
        .hasMessageContaining("another program");
    assertThat(file).hasContent("not a database");
    Path missing = folder.resolve("no/such/folder.duckdb");
    assertThatThrownBy(() -> DuckDbDatabase.open(missing, true, 1 << 28, 1))
        .hasMessageContaining("cannot be opened");
  }
}
