package dev.leat.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import java.io.EOFException;
import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorMappingTest {
  private final ErrorMapping mapping =
      new ErrorMapping(PostgresUrl.parse("postgres://ann:hunter2@db.example.org/shop"));

  private LeatException map(String state, String routine, String message) {
    return mapping.map(
        "copying public.t",
        "GRANT SELECT ON public.t TO ann;",
        new ServerError("ERROR", state, message, "", routine),
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, PG_AUTH, AUTH",
    "28000, PG_AUTH, AUTH",
    "3D000, PG_DATABASE_UNKNOWN, CONFIG",
    "42501, PG_PRIVILEGE, AUTH",
    "53300, PG_TOO_MANY_CONNECTIONS, TRANSIENT",
    "53400, PG_NO_FREE_SLOT, CONFIG",
    "57P03, PG_STARTING, TRANSIENT",
    "57P01, PG_CONNECTION_LOST, TRANSIENT",
    "55P03, PG_BUSY, TRANSIENT",
    "53100, PG_RESOURCES, TRANSIENT",
    "58P01, PG_RESOURCES, TRANSIENT",
    "08006, PG_CONNECTION_LOST, TRANSIENT",
    "42P01, PG_SCHEMA_CHANGED, SCHEMA",
    "42703, PG_SCHEMA_CHANGED, SCHEMA",
    "XX000, PG_QUERY, INTERNAL",
  })
  void decidesByTheStateAlone(String state, String code, ErrorCategory category) {
    LeatException error = map(state, "", "übersetzter Text");
    assertThat(error.code().name()).isEqualTo(code);
    assertThat(error.category()).isEqualTo(category);
  }

  @Test
  void tellsAMissingHbaEntryByTheRoutine() {
    LeatException error = map("28000", "ClientAuthentication", "kein Eintrag");
    assertThat(error.code()).isEqualTo(PostgresErrors.NO_HBA_ENTRY);
    assertThat(error.fix()).contains("pg_hba.conf").contains("shop ann");
  }

  @Test
  void namesTheStatementThatGivesTheMissingPrivilege() {
    assertThat(map("42501", "", "permission denied for table t").fix())
        .isEqualTo("GRANT SELECT ON public.t TO ann;");
  }

  @Test
  void keepsValuesOutOfMessages() {
    LeatException error = map("22P02", "", "invalid input syntax: \"private\"");
    assertThat(error.message()).contains("22P02").doesNotContain("private");
  }

  @Test
  void takesAPoolersRefusalForWhatItIs() {
    assertThat(map("08P01", "", "unsupported startup parameter: replication").code())
        .isEqualTo(PostgresErrors.POOLER);
  }

  @Test
  void saysThatAServerCannotBeReached() {
    LeatException error =
        mapping.map(
            "connecting",
            "",
            new SQLException("refused", "08001", new ConnectException("Connection refused")));
    assertThat(error.code()).isEqualTo(PostgresErrors.UNREACHABLE);
    assertThat(error.message())
        .isEqualTo(
            "PostgreSQL at postgres://db.example.org:5432/shop cannot be reached (Connection refused).");
    assertThat(error.fix()).contains("pg_isready -h db.example.org -p 5432");
  }

  @Test
  void takesABrokenConnectionForTransient() {
    assertThat(mapping.lost("copying public.t", new EOFException("end")).category())
        .isEqualTo(ErrorCategory.TRANSIENT);
  }
}
