package dev.leat.flow.documents;

import dev.leat.flow.instruction.Fingerprint;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file: a line that says what it is, the key as in its name, a hash of the text, and
 * the text to the end of the file. A file that was cut off or changed is refused.
 */
record DocumentFile(String key, String text) {
  static final ErrorCode STORE_DAMAGED = new ErrorCode("STORE_DAMAGED", ErrorCategory.CONFIG);
  private static final String FIRST_LINE = "leat-document 1";
  private static final int LONGEST_LINE = 4 * 4 * DocumentRules.MAX_KEY;

  byte[] bytes() {
    String head = FIRST_LINE + "\n" + FileNames.encode(key) + "\n" + Fingerprint.of(text) + "\n";
    return (head + text).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is not there
   */
  static DocumentFile read(Path file, String key) throws IOException {
    if (Files.size(file) > DocumentRules.MAX_TEXT + 3L * LONGEST_LINE) {
      throw damaged(file, "is larger than a document can be", null);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    checkForm(file, line(bytes));
    if (!line(bytes).equals(FileNames.encode(key))) {
      throw damaged(file, "holds another document than its name says", null);
    }
    String hash = line(bytes);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw damaged(file, "is not UTF-8", e);
    }
    if (!Fingerprint.of(text).equals(hash)) {
      throw damaged(file, "was cut off or changed", null);
    }
    return new DocumentFile(key, text);
  }

  /** Reads only the key, for files whose names have a part of it. */
  static String readKey(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      checkForm(file, line(in));
      String name = line(in);
      return FileNames.decoded(name)
          .filter(key -> FileNames.of(key).equals(String.valueOf(file.getFileName())))
          .orElseThrow(() -> damaged(file, "holds another document than its name says", null));
    }
  }

  static LeatException damaged(Path file, String how, @Nullable Throwable cause) {
    return new LeatException(
        STORE_DAMAGED,
        "the document in " + file + " " + how,
        "put the file back from a backup, or remove it if what it holds may be forgotten",
        cause);
  }

  private static void checkForm(Path file, String line) {
    if (line.startsWith("leat-document ") && !line.equals(FIRST_LINE)) {
      throw damaged(file, "was written by a newer version of Leat", null);
    }
    if (!line.equals(FIRST_LINE)) {
      throw damaged(file, "is none, or is damaged", null);
    }
  }

  private static String line(ByteBuffer bytes) {
    StringBuilder line = new StringBuilder();
    while (bytes.hasRemaining() && line.length() < LONGEST_LINE) {
      byte b = bytes.get();
      if (b == '\n') {
        break;
      }
      line.append((char) b);
    }
    return line.toString();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n' && line.size() < LONGEST_LINE; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
