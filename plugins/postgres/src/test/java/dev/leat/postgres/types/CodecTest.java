package dev.leat.postgres.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.spi.batch.RowBatch;
import dev.leat.spi.batch.RowBatchBuilder;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.RowIdentity;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecTest {
  private static final int INT4_ARRAY = 1007;
  private static final int TEXT_ARRAY = 1009;
  private static final int DATE_RANGE = 3912;
  private static final int DATE_MULTIRANGE = 4535;
  private static final int HSTORE = 20001;
  private static final int GEOMETRY = 20002;
  private static final int[] BASE = {
    Oids.BOOL,
    Oids.INT2,
    Oids.INT4,
    Oids.INT8,
    Oids.OID,
    Oids.FLOAT4,
    Oids.FLOAT8,
    Oids.NUMERIC,
    Oids.TEXT,
    Oids.JSONB,
    Oids.BYTEA,
    Oids.UUID,
    Oids.DATE,
    Oids.TIME,
    Oids.TIMESTAMP,
    Oids.TIMESTAMPTZ,
    Oids.INTERVAL,
    Oids.CHAR,
    Oids.XID,
    Oids.XID8,
    Oids.TID,
    Oids.XML,
    Oids.CIDR,
    Oids.INET,
    Oids.MACADDR,
    Oids.MACADDR8,
    Oids.BIT,
    Oids.VARBIT,
    Oids.TIMETZ,
    Oids.PG_LSN,
    Oids.TSVECTOR,
    Oids.JSONPATH,
    DATE_RANGE,
    DATE_MULTIRANGE,
    HSTORE,
    GEOMETRY
  };
  private static final TypeCatalog TYPES = types();

  private static TypeCatalog types() {
    Map<Integer, PgType> types = new java.util.HashMap<>();
    for (int oid : BASE) {
      types.put(oid, new PgType(oid, "pg_catalog", "t" + oid, 'b', 'U', ',', 0, 0, -1, 0, 0, true));
    }
    types.put(
        INT4_ARRAY,
        new PgType(INT4_ARRAY, "pg_catalog", "_int4", 'b', 'A', ',', 23, 0, -1, 0, 0, true));
    types.put(
        TEXT_ARRAY,
        new PgType(TEXT_ARRAY, "pg_catalog", "_text", 'b', 'A', ',', 25, 0, -1, 0, 0, true));
    types.put(
        DATE_RANGE,
        new PgType(DATE_RANGE, "pg_catalog", "r", 'r', 'R', ',', 0, 0, -1, 1082, 0, true));
    types.put(
        DATE_MULTIRANGE,
        new PgType(
            DATE_MULTIRANGE, "pg_catalog", "m", 'm', 'R', ',', 0, 0, -1, DATE_RANGE, 0, true));
    types.put(HSTORE, new PgType(HSTORE, "x", "hstore", 'b', 'U', ',', 0, 0, -1, 0, 0, true));
    types.put(GEOMETRY, new PgType(GEOMETRY, "x", "geometry", 'b', 'U', ',', 0, 0, -1, 0, 0, true));
    return new TypeCatalog(types);
  }

  private static ColumnCodec codec(int oid, int typmod) {
    return ColumnCodec.of(TYPES, oid, typmod, 0, false, "public.t.c");
  }

  private static int numeric(int precision, int scale) {
    return (precision << 16 | scale) + 4;
  }

  private static String decode(ColumnCodec codec, boolean binary, byte[] value) {
    TableSchema schema =
        new TableSchema(
            new TableId("public", "t"),
            List.of(new Column("c", codec.logicalType(), true, codec.sourceType())),
            List.of(),
            RowIdentity.FULL_ROW);
    try (RootAllocator allocator = new RootAllocator();
        RowBatchBuilder builder = new RowBatchBuilder(allocator, schema, 1)) {
      byte[] buffer = new byte[value.length + 6];
      System.arraycopy(value, 0, buffer, 3, value.length);
      (binary ? codec.binary() : codec.text()).decode(buffer, 3, value.length, builder.column(0));
      builder.endRow();
      try (RowBatch batch = builder.build()) {
        Object read = batch.root().getVector(0).getObject(0);
        return read instanceof byte[] bytes
            ? HexFormat.of().formatHex(bytes)
            : String.valueOf(read);
      }
    }
  }

  private static String text(int oid, String value) {
    return decode(codec(oid, -1), false, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String binary(int oid, String hex) {
    return decode(codec(oid, -1), true, HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** As numeric_send writes it. */
  private static byte[] numericBytes(BigDecimal value) {
    int scale = Math.max(0, value.scale());
    String digits = value.abs().setScale(scale).unscaledValue().toString();
    digits = "0".repeat(Math.max(0, scale + 1 - digits.length())) + digits;
    String whole = digits.substring(0, digits.length() - scale);
    String fraction = digits.substring(digits.length() - scale);
    whole = "0".repeat((4 - whole.length() % 4) % 4) + whole;
    fraction = fraction + "0".repeat((4 - fraction.length() % 4) % 4);
    String all = whole + fraction;
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < all.length(); i += 4) {
      groups.add(Integer.parseInt(all.substring(i, i + 4)));
    }
    int weight = whole.length() / 4 - 1;
    while (!groups.isEmpty() && groups.getFirst() == 0) {
      groups.removeFirst();
      weight--;
    }
    while (!groups.isEmpty() && groups.getLast() == 0) {
      groups.removeLast();
    }
    ByteBuffer out = ByteBuffer.allocate(8 + 2 * groups.size());
    out.putShort((short) groups.size()).putShort((short) (groups.isEmpty() ? 0 : weight));
    out.putShort((short) (value.signum() < 0 ? 0x4000 : 0)).putShort((short) scale);
    groups.forEach(group -> out.putShort((short) (int) group));
    return out.array();
  }

  @Property
  void writesNumericsAsTheServerDoes(
      @ForAll BigInteger unscaled, @ForAll @IntRange(max = 60) int scale) {
    BigDecimal value = new BigDecimal(unscaled, scale);
    assertThat(decode(codec(Oids.NUMERIC, -1), true, numericBytes(value)))
        .isEqualTo(value.toPlainString());
  }

  @Property
  void readsTheSameDecimalFromBothForms(@ForAll long seed, @ForAll @IntRange(max = 38) int scale) {
    Random random = new Random(seed);
    BigInteger limit = BigInteger.TEN.pow(random.nextInt(1, 39));
    BigInteger unscaled = new BigInteger(126, random).mod(limit);
    BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    ColumnCodec codec = codec(Oids.NUMERIC, numeric(38, scale));
    assertThat(new BigDecimal(decode(codec, true, numericBytes(value)))).isEqualTo(value);
    byte[] text = value.toPlainString().getBytes(StandardCharsets.US_ASCII);
    assertThat(new BigDecimal(decode(codec, false, text))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0000 0000 C000 0000, NaN",
    "0000 0000 D000 0000, Infinity",
    "0000 0000 F000 0000, -Infinity",
    "0000 0000 0000 0003, 0.000",
    "0001 0001 4000 0000 0001, -10000",
    "0001 FFFE 0000 0008 0007, 0.00000007",
    "0001 0000 0000 0004 0001, 1.0000",
  })
  void writesHardNumerics(String hex, String expected) {
    assertThat(binary(Oids.NUMERIC, hex)).isEqualTo(expected);
  }

  @Test
  void namesTheOptionForANumericThatIsNoDecimal() {
    ColumnCodec codec = codec(Oids.NUMERIC, numeric(10, 2));
    for (boolean binary : new boolean[] {true, false}) {
      byte[] nan =
          binary
              ? HexFormat.of().parseHex("00000000C0000000")
              : "NaN".getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> decode(codec, binary, nan))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.category()).isEqualTo(ErrorCategory.DATA);
                assertThat(e.fix()).contains("text_columns = [\"public.t.c\"]");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "infinity, 7FFFFFFF",
    "-infinity, 80000000",
    "2000-01-01, 00000000",
    "0001-12-31 BC, FFF4DBF8",
    "5874897-12-31, 7FDA970C",
  })
  void readsTheSameDateFromBothForms(String text, String hex) {
    assertThat(text(Oids.DATE, text)).isEqualTo(binary(Oids.DATE, hex));
  }

  @ParameterizedTest
  @CsvSource({
    "infinity, 7FFFFFFFFFFFFFFF, 9223372036854775807",
    "-infinity, 8000000000000000, -9223372036854775807",
    "2000-01-01 00:00:00+00, 0000000000000000, 946684800000000",
    "1999-12-31 23:59:59.999999+00, FFFFFFFFFFFFFFFF, 946684799999999",
    "2000-01-01 05:30:00.5+05:30, 000000000007A120, 946684800500000",
  })
  void readsTheSameInstantFromBothForms(String text, String hex, long micros) {
    assertThat(text(Oids.TIMESTAMPTZ, text)).isEqualTo(Long.toString(micros));
    assertThat(binary(Oids.TIMESTAMPTZ, hex)).isEqualTo(Long.toString(micros));
  }

  @Test
  void takesMidnightAtTheEndOfTheDay() {
    assertThat(text(Oids.TIME, "24:00:00")).isEqualTo("86400000000");
    assertThat(binary(Oids.TIME, "000000141DD76000")).isEqualTo("86400000000");
  }

  @Property
  void readsTheSameArrayFromBothForms(@ForAll @Size(max = 20) List<String> values) {
    StringBuilder text = new StringBuilder("{");
    int size = 20;
    List<byte[]> utf8 = new ArrayList<>();
    for (String value : values) {
      // Lone surrogates are no text in PostgreSQL.
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      utf8.add(bytes);
      size += 4 + bytes.length;
      text.append(text.length() > 1 ? "," : "");
      String quoted = new String(bytes, StandardCharsets.UTF_8).replace("\\", "\\\\");
      text.append('"').append(quoted.replace("\"", "\\\"")).append('"');
    }
    text.append(values.isEmpty() ? "NULL}" : ",NULL}");
    ByteBuffer binary = ByteBuffer.allocate(size + 4);
    binary.putInt(1).putInt(1).putInt(25).putInt(values.size() + 1).putInt(1);
    utf8.forEach(bytes -> binary.putInt(bytes.length).put(bytes));
    binary.putInt(-1);
    ColumnCodec codec = codec(TEXT_ARRAY, -1);
    assertThat(decode(codec, true, binary.array()))
        .isEqualTo(decode(codec, false, text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{1},{2}}; several dimensions",
        "[0:1]={1,2}; first index",
        "[1:1][0:1]={{1,2}}; several dimensions"
      })
  void refusesArraysThatAreNoLists(String text, String what) {
    assertThatThrownBy(() -> text(INT4_ARRAY, text))
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.message()).contains(what);
              assertThat(e.fix()).contains("text_columns = [\"public.t.c\"]");
            });
  }

  @Test
  void refusesBinaryArraysThatAreNoLists() {
    assertThat(binary(INT4_ARRAY, "00000000 00000000 00000017")).isEqualTo("[]");
    assertThatThrownBy(
            () ->
                binary(
                    INT4_ARRAY, "00000001 00000000 00000017 00000001 00000000 00000004 00000007"))
        .hasMessageContaining("first index");
    assertThatThrownBy(
            () ->
                binary(
                    INT4_ARRAY,
                    "00000002 00000000 00000017 00000001 00000001 00000001 00000001 00000004"
                        + "00000007"))
        .hasMessageContaining("several dimensions");
  }

  /** One column of another type makes a whole stream text, which is slower. */
  @Test
  void readsCommonTypesInBinary() {
    for (int oid : BASE) {
      assertThat(codec(oid, -1).streamsBinary()).as("%d", oid).isTrue();
    }
  }

  /** Bytes of any kind are a value or an error of ours that does not show them. */
  @Property(tries = 3000)
  void refusesGarbageWithATypedError(@ForAll byte[] value, @ForAll long seed) {
    Random random = new Random(seed);
    int oid = BASE[random.nextInt(BASE.length)];
    if (random.nextInt(4) == 0) {
      oid = random.nextBoolean() ? INT4_ARRAY : TEXT_ARRAY;
    }
    int typmod = oid == Oids.NUMERIC && random.nextBoolean() ? numeric(38, 10) : -1;
    try {
      assertThat(decode(codec(oid, typmod), random.nextBoolean(), value)).isNotNull();
    } catch (LeatException e) {
      assertThat(e.category()).isEqualTo(ErrorCategory.DATA);
    }
  }
}
