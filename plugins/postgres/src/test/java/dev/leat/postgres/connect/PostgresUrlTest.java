package dev.leat.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leat.postgres.connect.PostgresUrl.Host;
import dev.leat.spi.error.LeatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

  @Test
  void readsAllParts() {
    PostgresUrl url =
        PostgresUrl.parse("postgres://ann:s3cret@db.example.org:5433/shop?sslmode=require");
    assertThat(url.hosts()).containsExactly(new Host("db.example.org", 5433));
    assertThat(url.database()).isEqualTo("shop");
    assertThat(url.user()).isEqualTo("ann");
    assertThat(password(url)).isEqualTo("s3cret");
    assertThat(url.parameters()).containsEntry("sslmode", "require");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.org:5433/shop");
  }

  private static String password(PostgresUrl url) {
    return url.password() == null ? "" : url.password().reveal();
  }

  @Test
  void fillsInWhatLibpqWouldFillIn() {
    PostgresUrl url = PostgresUrl.parse("postgresql://ann@");
    assertThat(url.hosts()).containsExactly(new Host("localhost", 5432));
    assertThat(url.database()).isEqualTo("ann");
    assertThat(url.password()).isNull();
  }

  @Test
  void decodesPercentAndLeavesPlusAlone() {
    PostgresUrl url = PostgresUrl.parse("postgres://a%40b:p%2Fw+%25@h/my%20db");
    assertThat(url.user()).isEqualTo("a@b");
    assertThat(password(url)).isEqualTo("p/w+%");
    assertThat(url.database()).isEqualTo("my db");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/my%20db");
  }

  @Test
  void takesPasswordsWithUnescapedSigns() {
    PostgresUrl url = PostgresUrl.parse("postgres://ann:a@b/c:d@h/db");
    assertThat(password(url)).isEqualTo("a@b/c:d");
    assertThat(url.hosts()).containsExactly(new Host("h", 5432));
  }

  @Test
  void takesSeveralHostsAndIpv6() {
    PostgresUrl url =
        PostgresUrl.parse("postgres://u@a,b:6000,[::1]:7000/db?target_session_attrs=read-write");
    assertThat(url.hosts())
        .containsExactly(new Host("a", 5432), new Host("b", 6000), new Host("::1", 7000));
    assertThat(url.parameters()).containsEntry("targetServerType", "primary");
    assertThat(url.describe()).isEqualTo("postgres://a:5432,b:6000,[::1]:7000/db");
  }

  @Test
  void takesJdbcUrls() {
    PostgresUrl url = PostgresUrl.parse("jdbc:postgresql://h:1/db?user=u&password=p&ssl=true");
    assertThat(url.user()).isEqualTo("u");
    assertThat(password(url)).isEqualTo("p");
    assertThat(url.parameters()).containsEntry("sslmode", "verify-full");
  }

  @Test
  void leavesOutWhatItSetsItself() {
    assertThat(PostgresUrl.parse("postgres://u@h/db?application_name=x&keepalives=1").parameters())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hunter2@h/db",
        "postgres://h/db?password=hunter2",
        "postgres://u:hunter2@h:port/db",
        "postgres://u:hunter2@h:70000/db",
        "postgres://u:hunter2@h/db?sslmod=require",
        "postgres://u:hunter2@h/db?sslmode",
        "postgres://u:hunter2%zz@h/db",
        "postgres://u:hunter2@%2Fvar%2Frun/db",
        "postgres://u:hunter2@h,,i/db",
      })
  void refusesWhatItCannotReadWithoutShowingIt(String text) {
    assertThatThrownBy(() -> PostgresUrl.parse(text))
        .isInstanceOfSatisfying(
            LeatException.class,
            e -> {
              assertThat(e.code()).isEqualTo(PostgresErrors.URL);
              assertThat(e.message() + e.fix()).doesNotContain("hunter2");
              assertThat(e).hasNoCause();
            });
  }

  @Test
  void showsNoLogin() {
    PostgresUrl url = PostgresUrl.parse("postgres://ann:hunter2@h/db?sslpassword=other");
    assertThat(url.toString()).isEqualTo("postgres://h:5432/db");
  }
}
