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

  /** The type that a domain, or a domain over a domain, is over in the end. */
  PgType withoutDomains(PgType type) {
    PgType result = type;
    while (result.kind() == 'd') {
      result = type(result.baseOid());
    }
    return result;
  }
}
