package dev.leat.flow.kinds;

public final class BuiltInKinds {
  private BuiltInKinds() {}

  public static java.util.List<dev.leat.spi.kind.StepKind> all() {
    return java.util.List.of();
  }
}
