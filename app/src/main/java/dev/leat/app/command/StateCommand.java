package dev.leat.app.command;

import dev.leat.app.output.ExitCode;
import dev.leat.app.output.Json;
import dev.leat.app.state.StateDocument;
import dev.leat.library.Flow;
import dev.leat.library.FlowStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.state.Lease;
import dev.leat.spi.state.LeaseHolder;
import dev.leat.spi.state.ReplicationState;
import dev.leat.spi.state.SchemaVersion;
import dev.leat.spi.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code leat state}. */
@Command(
    name = "state",
    description = "Shows what is remembered of a flow, and takes it to another machine.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leat state show                                  the flow in flow.toml",
      "  leat state export shop.toml > state.json",
      "  leat state import shop.toml --input state.json   where it is not known yet"
    })
final class StateCommand extends LeatCommand {
  @Spec private CommandSpec spec = CommandSpec.create();

  StateCommand(CommandContext context) {
    super(context);
  }

  /** With its subcommands. */
  static picocli.CommandLine line(CommandContext context) {
    return new picocli.CommandLine(new StateCommand(context))
        .addSubcommand(new Show(context))
        .addSubcommand(new Export(context))
        .addSubcommand(new Import(context));
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "state needs one of show, export, import");
  }

  private static StateDocument document(Flow flow) {
    try (StateStore store = FlowStore.open(flow, false)) {
      return StateDocument.of(store, flow.settings().name());
    }
  }

  /** {@code leat state show}. */
  @Command(
      name = "show",
      description = "Shows positions, tables and the versions of their columns.",
      mixinStandardHelpOptions = true)
  static final class Show extends LeatCommand {
    @Mixin private FlowArgument flow = new FlowArgument();

    Show(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      StateDocument document = document(context.flow(flow));
      if (json()) {
        printJson(document.json());
        return ExitCode.DONE;
      }
      var out = terminal().out();
      out.println(document.replication());
      ReplicationState state = document.state();
      if (state != null) {
        out.println("  begun at " + state.start() + ", durable up to " + state.saved());
        var stream = state.stream();
        if (stream != null) {
          stream.facts().forEach((name, value) -> out.println("  " + name + " = " + value));
        }
      }
      document
          .tables()
          .forEach(
              table -> {
                out.println();
                out.println(
                    "%s → %s  %s, copied at %s"
                        .formatted(
                            table.table(),
                            table.destination(),
                            table.phase().name().toLowerCase(java.util.Locale.ROOT),
                            table.copiedFrom()));
                for (SchemaVersion version : document.schemas()) {
                  if (version.schema().table().equals(table.table())) {
                    out.println("  from " + version.from() + ": " + columns(version));
                  }
                }
              });
      return ExitCode.DONE;
    }

    private static String columns(SchemaVersion version) {
      return version.schema().columns().stream()
          .map(Show::column)
          .collect(Collectors.joining(", "));
    }

    private static String column(Column column) {
      return column.name() + " " + column.sourceType();
    }
  }

  /** {@code leat state export}. */
  @Command(
      name = "export",
      description = "Prints the state as a JSON document, which holds no secrets.",
      mixinStandardHelpOptions = true)
  static final class Export extends LeatCommand {
    @Mixin private FlowArgument flow = new FlowArgument();

    Export(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      printJson(document(context.flow(flow)).json());
      return ExitCode.DONE;
    }
  }

  /** {@code leat state import}. */
  @Command(
      name = "import",
      description = "Takes over an exported state, where the flow does not run.",
      mixinStandardHelpOptions = true)
  static final class Import extends LeatCommand {
    private static final ErrorCode EXISTS = new ErrorCode("STATE_EXISTS", ErrorCategory.CONFIG);
    private static final ErrorCode OTHER = new ErrorCode("STATE_OTHER_FLOW", ErrorCategory.CONFIG);
    private static final ErrorCode UNREADABLE =
        new ErrorCode("STATE_UNREADABLE", ErrorCategory.CONFIG);

    @Mixin private FlowArgument flow = new FlowArgument();

    @Option(
        names = "--input",
        required = true,
        paramLabel = "FILE",
        description = "what `leat state export` printed")
    private Path input = Path.of("");

    @Option(names = "--replace", description = "forget the state that is there")
    private boolean replace;

    Import(CommandContext context) {
      super(context);
    }

    @Override
    public Integer call() {
      Flow read = context.flow(flow);
      String replication = read.settings().name();
      StateDocument document = StateDocument.read(Json.read(text()));
      if (!document.replication().equals(replication)) {
        throw new LeatException(
            OTHER,
            "the exported state is of " + document.replication() + ", the flow is " + replication,
            "give flow and source the same names as there");
      }
      try (StateStore store = FlowStore.open(read, true);
          Lease _ =
              store.acquire(
                  read.name(),
                  new LeaseHolder("localhost", ProcessHandle.current().pid(), Instant.now(), ""))) {
        if (!replace && store.replication(replication).isPresent()) {
          throw new LeatException(
              EXISTS,
              "there is a state of this flow already in " + store.describe(),
              "add --replace to forget it; `leat state export` keeps a copy");
        }
        document.save(store);
      }
      say("took over the state of " + document.tables().size() + " tables");
      say("next: leat plan " + context.show(read, flow));
      return ExitCode.DONE;
    }

    private String text() {
      try {
        return Files.readString(context.resolve(input));
      } catch (IOException e) {
        throw new LeatException(
            UNREADABLE,
            context.show(context.resolve(input)) + " cannot be read: " + e.getMessage(),
            "name the file that `leat state export` wrote",
            e);
      }
    }
  }
}
