package dev.leat.replication.compare;

import dev.leat.spi.compare.HashRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of two systems that hold the same table. */
@FunctionalInterface
public interface Side {

  /**
   * Answers a request about the table; a query each.
   *
   * @param most the most rows there may be in the answer
   */
  List<List<@Nullable String>> ask(HashRequest request, int most);
}
