package dev.leat.flow.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.instruction.Write;
import dev.leat.spi.kind.StepDefinition;
import dev.leat.spi.kind.StepInputs;
import dev.leat.spi.kind.StepKind;
import dev.leat.spi.kind.StepNode;
import dev.leat.spi.kind.StepWork;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.LogicalType.Primitive;
import dev.leat.spi.schema.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A step of some kind, with datasets as they are declared here. */
final class Given implements StepInputs {
  static final Instant NOW = Instant.parse("2024-05-16T10:11:12.5Z");
  private static final Pattern NAMES = Pattern.compile("\\b(bronze|silver|gold)\\.\\w+");

  private final StepKind kind;
  private final Map<String, Object> options = new HashMap<>();
  private final Map<TableId, List<Column>> tables = new HashMap<>();
  private final List<TableId> existing = new ArrayList<>();
  private List<TableId> from = List.of();
  private TableId into = TableId.parse("gold.made");
  private @Nullable Write write;
  private List<String> watermark = List.of();

  private Given(StepKind kind) {
    this.kind = kind;
    for (Option option : kind.options()) {
      String written = option.defaultValue();
      if (!written.isEmpty()) {
        options.put(option.key(), value(written));
      }
    }
  }

  static Given a(String kind) {
    return new Given(
        BuiltInKinds.all().stream().filter(k -> k.name().equals(kind)).findFirst().orElseThrow());
  }

  private static Object value(String written) {
    return switch (written) {
      case "true", "false" -> Boolean.valueOf(written);
      case "[]" -> List.of();
      default -> written.substring(1, written.length() - 1);
    };
  }

  /** Columns as {@code name TYPE}; TEXT where there is no type. */
  Given table(String name, String... columns) {
    List<Column> result = new ArrayList<>();
    for (String column : columns) {
      int blank = column.indexOf(' ');
      LogicalType type =
          blank < 0 ? Primitive.TEXT : LogicalType.parse(column.substring(blank + 1));
      result.add(
          new Column(blank < 0 ? column : column.substring(0, blank), type, true, "of the source"));
    }
    tables.put(TableId.parse(name), result);
    return this;
  }

  Given into(String table) {
    into = TableId.parse(table);
    return this;
  }

  Given from(String... names) {
    from = List.of(names).stream().map(TableId::parse).toList();
    return this;
  }

  Given write(@Nullable Write how) {
    write = how;
    return this;
  }

  Given with(String option, Object value) {
    options.put(option, value);
    return this;
  }

  Given table(String option, Map<String, Object> values) {
    return with(option, new OptionValues(values));
  }

  Given existing(String name) {
    existing.add(TableId.parse(name));
    return this;
  }

  Given watermark(String value) {
    watermark = List.of(value);
    return this;
  }

  StepDefinition step() {
    return new StepDefinition("it", into, from, write, new OptionValues(options));
  }

  List<String> inputs() {
    return kind.inputs(step(), this::tablesIn).stream().map(TableId::toString).toList();
  }

  List<StepNode> nodes() {
    assertThat(inputs()).isNotNull();
    return kind.expand(step(), this);
  }

  StepNode node() {
    List<StepNode> nodes = nodes();
    assertThat(nodes).hasSize(1);
    return nodes.getFirst();
  }

  Instruction made() {
    return made(node());
  }

  static Instruction made(StepNode node) {
    return ((StepWork.Make) node.work()).instruction();
  }

  /** Sees to it that the step is refused with these words, before or when its inputs are known. */
  void isRefused(String... words) {
    LeatException refused = catchThrowableOfType(LeatException.class, this::nodes);
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.category()).isEqualTo(ErrorCategory.CONFIG);
    assertThat(refused.message()).startsWith("step it: ").contains(words);
    assertThat(refused.fix()).isNotEmpty();
    assertThat(refused.context()).containsEntry("step", "it");
  }

  /** Sees to it that the step is refused before anything is known of its inputs. */
  void isRefusedAtOnce(String... words) {
    LeatException refused = catchThrowableOfType(LeatException.class, this::inputs);
    assertThat(refused).as("refused at once").isNotNull();
    isRefused(words);
  }

  @Override
  public List<Column> columns(TableId dataset) {
    return Objects.requireNonNull(tables.get(dataset), dataset.toString());
  }

  @Override
  public List<TableId> tablesIn(Relation relation) {
    String text =
        switch (relation) {
          case Relation.Sql(String sql) -> sql;
          case Relation.NativeSql(String _, String sql) -> sql;
          default -> throw new IllegalArgumentException(relation.toString());
        };
    return NAMES
        .matcher(text)
        .results()
        .map(found -> TableId.parse(found.group()))
        .distinct()
        .toList();
  }

  @Override
  public boolean exists(TableId dataset) {
    return existing.contains(dataset);
  }

  @Override
  public List<String> watermark() {
    return watermark;
  }

  @Override
  public Instant now() {
    return NOW;
  }
}
