package dev.leat.postgres.types;

/**
 * A row of pg_type.
 *
 * @param oid its OID
 * @param schema its schema
 * @param name its name
 * @param kind typtype: b base, c composite, d domain, e enum, p pseudo, r range, m multirange
 * @param category typcategory
 * @param delimiter what stands between values of it in the text of an array
 * @param elementOid the element type of a true array; 0 otherwise
 * @param baseOid the type a domain is over; 0 otherwise
 * @param baseTypmod the modifier of the type a domain is over, or -1
 * @param rangeOid the type of a range's bounds, or the range a multirange is of; 0 otherwise
 * @param relationOid the table a composite type is the row type of; 0 otherwise
 * @param hasBinary whether the server can send its values in a binary form
 */
public record PgType(
    int oid,
    String schema,
    String name,
    char kind,
    char category,
    char delimiter,
    int elementOid,
    int baseOid,
    int baseTypmod,
    int rangeOid,
    int relationOid,
    boolean hasBinary) {}
