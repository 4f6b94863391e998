package dev.leat.flow.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.engine.FileLayout;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.instruction.Relation;
import dev.leat.spi.kind.StepWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class InstructionJsonTest {
  private static final String SIMPLE =
      "{\"leat_instruction\":1,\"work\":\"make\",\"into\":\"gold.x\",\"write\":{\"mode\":\"merge\","
          + "\"key\":[\"id\"]},\"query\":{\"op\":\"filter\",\"input\":{\"op\":\"scan\",\"table\":"
          + "\"bronze.x\"},\"condition\":\"id > 1\"}}";

  @Property(tries = 500)
  void whatWasWrittenIsReadAsItWas(@ForAll long seed) {
    Instruction instruction = new RandomRelations(seed).instruction();
    String json = InstructionJson.write(instruction);

    assertThat(InstructionJson.read(json)).isEqualTo(instruction);
    assertThat(InstructionJson.write(InstructionJson.read(json))).isEqualTo(json);
  }

  @Property(tries = 200)
  void fingerprintsAreEqualForEqualInstructionsOnly(@ForAll long one, @ForAll long two) {
    Instruction left = new RandomRelations(one).instruction();
    Instruction right = new RandomRelations(two).instruction();

    assertThat(Fingerprint.of(left, List.of()))
        .matches("[0-9a-f]{64}")
        .isEqualTo(Fingerprint.of(new RandomRelations(one).instruction(), List.of()));
    assertThat(Fingerprint.of(left, List.of()).equals(Fingerprint.of(right, List.of())))
        .isEqualTo(left.equals(right));
  }

  @Test
  void formIsFixed() {
    Instruction instruction =
        Relations.from("bronze.x").filter("id > 1").into("gold.x").merge("id");

    assertThat(InstructionJson.write(instruction)).isEqualTo(SIMPLE);
    assertThat(Fingerprint.of(instruction, List.of("a", "bc")))
        .isEqualTo("64c0261d1252ea191977aacf5b21613fd80fc520a6a0e0b5c25a47c4044d5c85")
        .isNotEqualTo(Fingerprint.of(instruction, List.of("ab", "c")));
  }

  @Test
  void keysAreReadInAnyOrder() {
    String json =
        "{\"query\":{\"table\":\"bronze.x\",\"op\":\"scan\"},\"write\":{\"mode\":\"append\"},"
            + "\"into\":\"gold.x\",\"work\":\"make\",\"leat_instruction\":1}";

    assertThat(InstructionJson.read(json))
        .isEqualTo(Relations.from("bronze.x").into("gold.x").append());
  }

  static List<StepWork> works() {
    Relation query = Relations.from("gold.x").relation();
    return List.of(
        new StepWork.Export(query, "out/x.csv", FileLayout.of("csv"), false, false, false),
        new StepWork.Export(
            query,
            "s3://acme/out",
            new FileLayout("csv", Map.of("delimiter", ";"), List.of("day"), 1000),
            true,
            true,
            true),
        new StepWork.Run(List.of("make", "it so"), Duration.ofMinutes(10)),
        new StepWork.Condition(query));
  }

  @ParameterizedTest
  @MethodSource("works")
  void otherWorkIsReadAsItWas(StepWork work) {
    assertThat(InstructionJson.readWork(InstructionJson.write(work))).isEqualTo(work);
    assertThatThrownBy(() -> InstructionJson.read(InstructionJson.write(work)))
        .hasMessageContaining("makes no dataset");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"leat_instruction\":1 | \"leat_instruction\":2 | leat_instruction 2; this version",
        "\"leat_instruction\":1 | \"leat_instruction\":0 | leat_instruction has to be",
        "\"leat_instruction\":1 | \"leat_instruction\":1.5 | leat_instruction has to be a whole",
        "\"leat_instruction\":1, | `` | leat_instruction is missing",
        "\"id > 1\"}} | \"id > 1\",\"limit\":3}} | nothing is known of query.limit",
        "\"id > 1\"}} | \"id > 1\"},\"limit\":3} | nothing is known of limit",
        "\"op\":\"scan\" | \"op\":\"scam\" | query.input.op has to be one of scan",
        "bronze.x | bronze | query.input.table has to be a dataset's name",
        "[\"id\"] | [] | write: a merge needs a key",
        "[\"id\"] | [1] | write.key has to be a list of texts",
        "[\"id\"] | \"id\" | write.key has to be a list of texts",
        "\"mode\":\"merge\" | \"mode\":\"merge\",\"mode\":\"merge\" | is not JSON, at line 1",
        "\"condition\":\"id > 1\" | \"condition\":null | query.condition is missing",
        "\"id > 1\"}} | \"id > 1\"}}} | is not JSON, at line 1",
      })
  void whatIsWrongIsNamed(String right, String wrong, String message) {
    assertThat(SIMPLE).contains(right);

    assertThatThrownBy(() -> InstructionJson.read(SIMPLE.replace(right, wrong)))
        .isInstanceOfSatisfying(
            LeatException.class,
            error -> assertThat(error.code().name()).isEqualTo("INSTRUCTION_JSON"))
        .hasMessageContaining(message);
  }

  @Test
  void endlessNestingIsRefused() {
    String deep = "{\"op\":\"filter\",\"input\":".repeat(100_000);

    assertThatThrownBy(() -> InstructionJson.read(deep)).isInstanceOf(LeatException.class);
  }
}
