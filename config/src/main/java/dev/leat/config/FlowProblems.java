package dev.leat.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A flow file cannot be used; has everything that is wrong with it, in the order of the file. */
public final class FlowProblems extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final transient List<FlowProblem> problems;

  public FlowProblems(Path file, List<FlowProblem> problems) {
    super(problems.stream().map(FlowProblem::sentence).collect(Collectors.joining("; ")));
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  public Path file() {
    return file;
  }

  /** Never empty. */
  public List<FlowProblem> problems() {
    return problems;
  }
}
