package dev.leat.config;

/**
 * One thing that is wrong with a flow file.
 *
 * @param code a stable name, such as {@code CONFIG_UNKNOWN_KEY}
 * @param sentence what is wrong
 * @param line from 1; 0 if the problem has no place
 * @param column from 1
 * @param fix what to do
 */
public record FlowProblem(String code, String sentence, int line, int column, String fix) {}
