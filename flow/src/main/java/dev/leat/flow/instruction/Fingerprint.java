package dev.leat.flow.instruction;

import dev.leat.spi.instruction.Instruction;
import dev.leat.spi.kind.StepWork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A short text that stands for what a step does and what it read: the same for equal instructions
 * and facts, in every process and on every machine, and different otherwise.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * SHA-256, in 64 hexadecimal digits, over {@link InstructionJson} and the facts.
   *
   * @param facts what counts besides, in an order that the caller keeps, such as the fingerprints
   *     of the inputs, the engine and its version
   */
  public static String of(Instruction instruction, List<String> facts) {
    return of(new StepWork.Make(instruction), facts);
  }

  /** As {@link #of(Instruction, List)}, for a step that makes no dataset. */
  public static String of(StepWork work, List<String> facts) {
    MessageDigest digest = sha256();
    update(digest, InstructionJson.write(work));
    facts.forEach(fact -> update(digest, fact));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of a text, in 64 hexadecimal digits. */
  public static String of(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Its length before each text keeps {@code ab, c} apart from {@code a, bc}. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
