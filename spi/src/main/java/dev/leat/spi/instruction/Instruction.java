package dev.leat.spi.instruction;

import dev.leat.spi.schema.TableId;

/**
 * What an engine is to carry out, as a whole.
 *
 * @param into the dataset to make
 * @param query its rows
 * @param write how they are written
 */
public record Instruction(TableId into, Relation query, Write write) {}
