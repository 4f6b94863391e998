package dev.leat.flow.steptest;

import dev.leat.flow.repository.StepState;
import dev.leat.flow.run.RunListener;
import dev.leat.flow.run.StepResult;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.schema.TableId;
import java.util.List;

/** Tells nobody: what is of interest is in the results. */
final class Quiet implements RunListener {
  @Override
  public void began(List<String> nodes) {}

  @Override
  public void started(String node, TableId dataset, String unit, int attempt) {}

  @Override
  public void retrying(String node, LeatException e, long waitMillis) {}

  @Override
  public void ended(StepResult result) {}

  @Override
  public void finished(String node, StepState state) {}
}
