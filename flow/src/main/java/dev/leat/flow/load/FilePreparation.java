package dev.leat.flow.load;

import dev.leat.flow.model.FormatModel;
import dev.leat.spi.engine.Cancellation;
import dev.leat.spi.engine.FileInput.CsvDialect;
import dev.leat.spi.engine.FileInput.Layout;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.storage.StoredFile;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Makes files ready to be read: decompresses them within limits, brings text to UTF-8, and finds
 * out how they are written. What is ready as it is, is not copied.
 */
final class FilePreparation {
  private static final int BUFFER = 1 << 20;
  private static final int SAMPLE = 1 << 18;

  /** However well something is compressed, so much may always come of it. */
  private static final long ALWAYS = 64L << 20;

  private final FormatModel format;
  private final List<String> declared;
  private final long expansion;
  private final Path scratch;

  /**
   * @param declared names of columns, for CSV without a header
   * @param expansion how many times its size a compressed file may become
   * @param scratch where copies are made
   */
  FilePreparation(FormatModel format, Collection<String> declared, long expansion, Path scratch) {
    this.format = format;
    this.declared = List.copyOf(declared);
    this.expansion = expansion;
    this.scratch = scratch;
  }

  /**
   * Prepares a file.
   *
   * @param fetched its content
   * @throws LeatException category DATA if it is not what it should be
   */
  LocalFile prepare(
      StoredFile stored, Path fetched, Map<String, String> values, Cancellation cancellation) {
    try {
      String type = type(stored.name());
      if (type.equals("parquet")) {
        requireParquet(stored, fetched);
        return new LocalFile(
            stored, fetched, Layout.PARQUET, CsvDialect.USUAL, List.of(), values, "");
      }
      Path plain = plain(stored, fetched, cancellation);
      byte[] start = start(plain);
      String encoding = encoding(start);
      if (!encoding.equals("utf-8") || (type.equals("json") && hasBom(start))) {
        plain = utf8(stored, plain, encoding, cancellation);
        start = start(plain);
      }
      if (type.equals("json")) {
        return new LocalFile(
            stored,
            plain,
            beginsArray(start) ? Layout.JSON_ARRAY : Layout.JSON_LINES,
            longest(CsvDialect.USUAL),
            List.of(),
            values,
            encoding);
      }
      CsvSniffer.Sniffed sniffed = CsvSniffer.sniff(start, start.length < SAMPLE, format);
      List<String> names =
          !sniffed.dialect().header() && declared.size() == sniffed.names().size()
              ? declared
              : sniffed.names();
      return new LocalFile(stored, plain, Layout.CSV, sniffed.dialect(), names, values, encoding);
    } catch (IOException e) {
      throw LoadErrors.scratch(e);
    }
  }

  private CsvDialect longest(CsvDialect dialect) {
    return new CsvDialect(
        dialect.delimiter(),
        dialect.quote(),
        dialect.escape(),
        dialect.header(),
        dialect.skip(),
        dialect.comment(),
        format.nulls(),
        dialect.decimal(),
        format.longestRow());
  }

  private String type(String name) {
    if (format.type().isPresent()) {
      return format.type().get();
    }
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|zst|zstd)$", "");
    if (plain.matches(".*\\.(json|jsonl|ndjson)")) {
      return "json";
    }
    if (plain.endsWith(".parquet") || plain.endsWith(".pq")) {
      return "parquet";
    }
    if (plain.matches(".*\\.(csv|tsv|psv|txt|dat)")) {
      return "csv";
    }
    throw LoadErrors.format(
        "the name of " + name + " does not tell how it is written",
        "say it: format = { type = \"csv\" }, or json or parquet");
  }

  private static void requireParquet(StoredFile stored, Path file) throws IOException {
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    try (var channel = Files.newByteChannel(file)) {
      ByteBuffer end = ByteBuffer.allocate(4);
      boolean whole = channel.size() >= 12;
      if (whole) {
        channel.position(channel.size() - 4);
        while (end.hasRemaining() && channel.read(end) >= 0) {}
      }
      if (!whole || !java.util.Arrays.equals(end.array(), magic)) {
        throw LoadErrors.file(
            stored.name() + " is no Parquet file, or only the beginning of one",
            "have it written again",
            null);
      }
    }
  }

  private Path plain(StoredFile stored, Path file, Cancellation cancellation) throws IOException {
    String compression = format.compression().orElse("");
    byte[] start = start(file);
    boolean gzip = start.length > 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    boolean zstd =
        start.length > 4
            && (start[0] & 0xff) == 0x28
            && (start[1] & 0xff) == 0xb5
            && (start[2] & 0xff) == 0x2f
            && (start[3] & 0xff) == 0xfd;
    if (compression.equals("none") || (!gzip && !zstd)) {
      if (compression.equals("gzip") || compression.equals("zstd")) {
        throw LoadErrors.file(
            stored.name() + " is not compressed with " + compression,
            "correct format.compression, or have the file written again",
            null);
      }
      return file;
    }
    Path plain = Files.createTempFile(scratch, "plain-", ".txt");
    long most = Math.max(ALWAYS, Math.multiplyExact(stored.size(), expansion));
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = gzip ? new GZIPInputStream(raw, BUFFER) : Zstd.open(raw);
        OutputStream out = Files.newOutputStream(plain)) {
      copy(stored, in, out, most, cancellation);
    } catch (EOFException e) {
      throw LoadErrors.file(
          stored.name() + " ends in the middle of its compressed content",
          "have it written or sent again",
          e);
    } catch (ZipException | Zstd.Malformed e) {
      throw LoadErrors.file(
          stored.name() + " is damaged: its compressed content cannot be read",
          "have it written or sent again",
          e);
    }
    return plain;
  }

  private void copy(
      StoredFile stored, InputStream in, OutputStream out, long most, Cancellation cancellation)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      Preparing.requireWanted(cancellation);
      size += read;
      if (size > most) {
        throw LoadErrors.file(
            "%s becomes more than %d times as large when it is decompressed"
                .formatted(stored.name(), expansion),
            "if that is right, raise max_expansion",
            null);
      }
      out.write(buffer, 0, read);
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(SAMPLE);
    }
  }

  private static boolean hasBom(byte[] start) {
    return start.length > 2
        && (start[0] & 0xff) == 0xef
        && (start[1] & 0xff) == 0xbb
        && (start[2] & 0xff) == 0xbf;
  }

  private String encoding(byte[] start) {
    if (format.encoding().isPresent()) {
      String name = format.encoding().get().toLowerCase(Locale.ROOT);
      return name.equals("utf8") ? "utf-8" : name;
    }
    if (start.length > 1 && (start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xfe) {
      return "utf-16le";
    }
    if (start.length > 1 && (start[0] & 0xff) == 0xfe && (start[1] & 0xff) == 0xff) {
      return "utf-16be";
    }
    return "utf-8";
  }

  private static boolean beginsArray(byte[] start) {
    for (byte b : start) {
      if (b > ' ') {
        return b == '[';
      }
    }
    return false;
  }

  private Path utf8(StoredFile stored, Path file, String encoding, Cancellation cancellation)
      throws IOException {
    CharsetDecoder decoder =
        charset(encoding)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    Path plain = Files.createTempFile(scratch, "utf8-", ".txt");
    try (java.io.Reader in = new java.io.InputStreamReader(Files.newInputStream(file), decoder);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(plain), BUFFER)) {
      char[] buffer = new char[BUFFER];
      boolean first = true;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Preparing.requireWanted(cancellation);
        int from = first && read > 0 && buffer[0] == '\ufeff' ? 1 : 0;
        first = false;
        ByteBuffer bytes =
            StandardCharsets.UTF_8.encode(CharBuffer.wrap(buffer, from, read - from));
        out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
      }
    } catch (java.nio.charset.CharacterCodingException e) {
      throw LoadErrors.file(
          stored.name() + " is not written in " + encoding, "correct format.encoding", e);
    }
    return plain;
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(
          switch (name) {
            case "latin-1", "latin1" -> "iso-8859-1";
            case "latin-2", "latin2" -> "iso-8859-2";
            default -> name;
          });
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw LoadErrors.format(
          "there is no encoding " + name, "write for example encoding = \"windows-1252\"");
    }
  }
}
