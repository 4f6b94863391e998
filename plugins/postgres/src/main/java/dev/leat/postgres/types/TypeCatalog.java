package dev.leat.postgres.types;

import java.util.Map;

/** The types of a database. */
public final class TypeCatalog {
  private final Map<Integer, PgType> types;

  public TypeCatalog(Map<Integer, PgType> types) {
    this.types = Map.copyOf(types);
  }

  public boolean contains(int oid) {
    return types.containsKey(oid);
  }

  /** The type of that OID, which has to be known. */
  public PgType type(int oid) {
    PgType type = types.get(oid);
    if (type == null) {
      throw new IllegalArgumentException("no type has OID " + oid);
    }
    return type;
  }

  /**
   * A type with its modifier.
   *
   * @param typmod the modifier, or -1
   */
  record Modified(PgType type, int typmod) {}

  /** The type that a domain, or a domain over a domain, is over in the end. */
  Modified withoutDomains(PgType type) {
    return withoutDomains(type, -1);
  }

  /**
   * The type that values have in the end.
   *
   * @param typmod the modifier of a column of this type; a domain has its own
   */
  Modified withoutDomains(PgType type, int typmod) {
    PgType result = type;
    int modifier = typmod;
    while (result.kind() == 'd') {
      modifier = result.baseTypmod();
      result = type(result.baseOid());
    }
    return new Modified(result, modifier);
  }
}
