package dev.leat.flow.model;

import dev.leat.flow.check.CheckModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a flow file says of steps and all that belongs to them; sources and destinations of
 * replications are read by others.
 *
 * @param name of the flow
 * @param owner who looks after it; may be empty
 * @param run how it is run
 * @param migrate how the columns of its datasets change
 * @param engines by the name that steps use
 * @param storages in the order of the file
 * @param loads sources whose files become datasets, in the order of the file
 * @param steps in the order of the file
 * @param checks in the order of the file
 * @param publishes in the order of the file
 * @param environments by name
 * @param tests in the order of the file
 * @param store where runs and datasets are remembered
 */
public record FlowModel(
    String name,
    String owner,
    RunSettings run,
    MigrateSettings migrate,
    Map<String, EngineModel> engines,
    List<StorageModel> storages,
    List<LoadModel> loads,
    List<StepModel> steps,
    List<CheckModel> checks,
    List<PublishModel> publishes,
    Map<String, EnvironmentModel> environments,
    List<StepTestModel> tests,
    Optional<StoreModel> store) {
  public FlowModel {
    engines = Map.copyOf(engines);
    storages = List.copyOf(storages);
    loads = List.copyOf(loads);
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
    publishes = List.copyOf(publishes);
    environments = Map.copyOf(environments);
    tests = List.copyOf(tests);
  }

  /** The same, as if the datasets of its files were there already. */
  public FlowModel withoutLoads() {
    return new FlowModel(
        name,
        owner,
        run,
        migrate,
        engines,
        storages,
        List.of(),
        steps,
        checks,
        publishes,
        environments,
        tests,
        store);
  }

  /** The same with other steps. */
  public FlowModel withSteps(List<StepModel> others) {
    return new FlowModel(
        name,
        owner,
        run,
        migrate,
        engines,
        storages,
        loads,
        others,
        checks,
        publishes,
        environments,
        tests,
        store);
  }

  /** The same, but that nothing is tried again. */
  public FlowModel withoutRetries() {
    RetryModel once = RetryModel.none();
    return new FlowModel(
        name,
        owner,
        new RunSettings(run.engine(), run.parallel(), once, run.pools()),
        migrate,
        engines,
        storages,
        loads,
        steps.stream().map(step -> step.withRetry(once)).toList(),
        checks,
        publishes,
        environments,
        tests,
        store);
  }

  /** Whether there is anything to do besides replicating. */
  public boolean hasWork() {
    return !loads.isEmpty() || !steps.isEmpty() || !checks.isEmpty() || !publishes.isEmpty();
  }
}
