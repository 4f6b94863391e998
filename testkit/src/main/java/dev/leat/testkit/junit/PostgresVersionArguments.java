package dev.leat.testkit.junit;

import dev.leat.testkit.postgres.EmbeddedPostgresServer;
import dev.leat.testkit.postgres.PostgresVersion;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Gives the versions of {@link PostgresVersions}; also for a {@code @ParameterizedClass}. */
public final class PostgresVersionArguments implements ArgumentsProvider {
  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    List<PostgresVersion> requested = PostgresVersion.requested();
    List<PostgresVersion> versions = requested.isEmpty() ? newestAndOldest() : requested;
    return versions.stream().map(Arguments::of);
  }

  private static List<PostgresVersion> newestAndOldest() {
    List<PostgresVersion> available = EmbeddedPostgresServer.availableVersions();
    return available.size() < 2 ? available : List.of(available.getLast(), available.getFirst());
  }
}
