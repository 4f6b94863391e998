package dev.leat.duckdb;

import java.lang.reflect.Field;
import java.sql.Driver;
import org.duckdb.DuckDBDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DuckDB's JDBC driver, without what takes time and is of no use here. */
final class DuckDbDriver {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbDriver.class);

  private DuckDbDriver() {}

  static Driver get() {
    return Holder.DRIVER;
  }

  private static final class Holder {
    static final Driver DRIVER = driver();

    private static Driver driver() {
      skipFlightRecorder();
      return new DuckDBDriver();
    }
  }

  /**
   * Has the driver believe that its memory events are known to java's flight recorder. They are
   * written only for connections with the option {@code jdbc_jfr_memory_monitor}, of which there
   * are none here, and making them known starts the recorder, which takes 0.06 s of every command.
   */
  private static void skipFlightRecorder() {
    try {
      Field initialized =
          Class.forName("org.duckdb.DuckDBMemoryMonitor").getDeclaredField("initialized");
      initialized.setAccessible(true);
      initialized.setBoolean(null, true);
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      LOG.debug("another DuckDB driver than expected: {}", e.toString());
    }
  }
}
