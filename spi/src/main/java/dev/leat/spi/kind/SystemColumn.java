package dev.leat.spi.kind;

/**
 * A column that a kind of step adds to what it makes, for documentation.
 *
 * @param name as it is stored; parts that depend on the step in capitals
 * @param type portable SQL, such as {@code BIGINT}; in words where it depends on the step
 * @param meaning one line for people
 */
public record SystemColumn(String name, String type, String meaning) {}
