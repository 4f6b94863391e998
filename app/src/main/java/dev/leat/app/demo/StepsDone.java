package dev.leat.app.demo;

import dev.leat.flow.run.RunResult;

/**
 * What a run of a flow with steps did.
 *
 * @param id of its record
 * @param result of its steps
 * @param copied rows copied from the source
 * @param applied changes of the source that were followed
 */
public record StepsDone(String id, RunResult result, long copied, long applied) {}
