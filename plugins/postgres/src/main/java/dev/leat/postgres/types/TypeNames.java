package dev.leat.postgres.types;

import java.util.Map;

/** Types as people write them, as the server's format_type does. */
final class TypeNames {
  private static final int HEADER = 4;
  private static final int INTERVAL_FULL_PRECISION = 0xFFFF;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(Oids.BOOL, "boolean"),
          Map.entry(Oids.INT2, "smallint"),
          Map.entry(Oids.INT4, "integer"),
          Map.entry(Oids.INT8, "bigint"),
          Map.entry(Oids.FLOAT4, "real"),
          Map.entry(Oids.FLOAT8, "double precision"),
          Map.entry(Oids.BPCHAR, "character"),
          Map.entry(Oids.VARCHAR, "character varying"),
          Map.entry(Oids.BIT, "bit"),
          Map.entry(Oids.VARBIT, "bit varying"),
          Map.entry(Oids.TIME, "time without time zone"),
          Map.entry(Oids.TIMETZ, "time with time zone"),
          Map.entry(Oids.TIMESTAMP, "timestamp without time zone"),
          Map.entry(Oids.TIMESTAMPTZ, "timestamp with time zone"));

  private TypeNames() {}

  static String of(TypeCatalog catalog, PgType type, int typmod) {
    if (type.elementOid() != 0 && type.kind() == 'b') {
      return of(catalog, catalog.type(type.elementOid()), typmod) + "[]";
    }
    String name = NAMES.get(type.oid());
    if (name == null) {
      name = type.schema().equals("pg_catalog") ? type.name() : type.schema() + "." + type.name();
    }
    String modifier = typmod < 0 ? "" : modifier(type.oid(), typmod);
    int space = name.indexOf(' ');
    boolean inside = name.startsWith("time") && space > 0;
    return inside && !modifier.isEmpty()
        ? name.substring(0, space) + modifier + name.substring(space)
        : name + modifier;
  }

  private static String modifier(int oid, int typmod) {
    return switch (oid) {
      case Oids.NUMERIC -> "(" + Typmods.precision(typmod) + "," + Typmods.scale(typmod) + ")";
      case Oids.BPCHAR, Oids.VARCHAR -> "(" + (typmod - HEADER) + ")";
      case Oids.INTERVAL ->
          (typmod & INTERVAL_FULL_PRECISION) == INTERVAL_FULL_PRECISION
              ? ""
              : "(" + (typmod & INTERVAL_FULL_PRECISION) + ")";
      default -> "(" + typmod + ")";
    };
  }
}
