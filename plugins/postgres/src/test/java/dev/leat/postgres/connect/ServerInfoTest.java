package dev.leat.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerInfoTest {
  private static final PostgresUrl URL = PostgresUrl.parse("postgres://ann@h/db");

  private static ServerInfo server(int version, String walLevel, boolean pooled) {
    return new ServerInfo(
        version,
        version / 10_000 + "." + version % 10_000,
        walLevel,
        false,
        true,
        9,
        10,
        10,
        10,
        pooled);
  }

  @Test
  void refusesServersThatAreTooOld() {
    assertThat(server(130_020, "logical", false).refusal(URL))
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(PostgresErrors.VERSION));
    assertThat(server(140_000, "logical", false).refusal(URL)).isEmpty();
  }

  @Test
  void warnsOfServersNewerThanItKnows() {
    assertThat(server(180_006, "logical", false).newerThanTested(URL)).isEmpty();
    assertThat(server(190_000, "logical", false).refusal(URL)).isEmpty();
    assertThat(server(190_000, "logical", false).newerThanTested(URL))
        .hasValueSatisfying(e -> assertThat(e.message()).contains("19.0").contains("14 to 18"));
  }

  @Test
  void refusesPoolers() {
    assertThat(server(180_000, "logical", true).refusal(URL))
        .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(PostgresErrors.POOLER));
  }

  @Test
  void saysWhichLimitIsReached() {
    assertThat(server(180_000, "logical", false).noFreeSlot(URL))
        .hasValueSatisfying(e -> assertThat(e.fix()).contains("max_wal_senders = 20"));
    assertThat(server(180_000, "logical", false).streamProblems(URL)).isEmpty();
    assertThat(server(180_000, "minimal", false).streamProblems(URL)).hasSize(1);
  }
}
