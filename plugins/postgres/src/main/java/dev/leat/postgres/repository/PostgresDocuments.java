package dev.leat.postgres.repository;

import dev.leat.postgres.connect.LeatSchema;
import dev.leat.postgres.connect.SessionPool;
import dev.leat.postgres.connect.Sessions;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.ErrorCode;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.repository.Documents;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents in the table {@code _leat.documents}. */
final class PostgresDocuments implements Documents {
  private static final String TABLE = "documents";
  private static final ErrorCode READ_ONLY =
      new ErrorCode("PG_STORE_READ_ONLY", ErrorCategory.INTERNAL);
  private static final ErrorCode NUL = new ErrorCode("PG_NUL_CHARACTER", ErrorCategory.DATA);

  private final SessionPool pool;
  private final String flow;
  private final boolean write;

  PostgresDocuments(SessionPool pool, String flow, boolean write) {
    this.pool = pool;
    this.flow = flow;
    this.write = write;
  }

  /** Makes the table if it may. */
  void connect() {
    pool.with(
        "opening the store",
        session -> {
          if (write) {
            session.setAutoCommit(false);
            LeatSchema.makeTable(
                session,
                TABLE,
                """
                flow text COLLATE "C", collection text COLLATE "C", key text COLLATE "C",
                text text NOT NULL, PRIMARY KEY (flow, collection, key)""");
            session.commit();
          }
          return true;
        });
  }

  @Override
  public String describe() {
    return pool.sessions().url().describe();
  }

  @Override
  public Optional<String> get(String collection, String key) {
    return read(
        Optional.empty(),
        "SELECT text FROM _leat.documents WHERE flow = ? AND collection = ? AND key = ?",
        statement -> {
          bind(statement, collection, key);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
          }
        });
  }

  @Override
  public void put(String collection, String key, String text) {
    write(
        """
        INSERT INTO _leat.documents (flow, collection, key, text) VALUES (?, ?, ?, ?)
        ON CONFLICT (flow, collection, key) DO UPDATE SET text = excluded.text""",
        statement -> {
          bind(statement, collection, key);
          statement.setString(4, kept(text));
        });
  }

  @Override
  public boolean putNew(String collection, String key, String text) {
    return write(
            """
            INSERT INTO _leat.documents (flow, collection, key, text) VALUES (?, ?, ?, ?)
            ON CONFLICT (flow, collection, key) DO NOTHING""",
            statement -> {
              bind(statement, collection, key);
              statement.setString(4, kept(text));
            })
        > 0;
  }

  @Override
  public void delete(String collection, String key) {
    write(
        "DELETE FROM _leat.documents WHERE flow = ? AND collection = ? AND key = ?",
        statement -> bind(statement, collection, key));
  }

  @Override
  public List<String> keys(String collection, String prefix, int limit, boolean descending) {
    return read(
        List.of(),
        """
        SELECT key FROM _leat.documents WHERE flow = ? AND collection = ?
          AND key >= ? AND pg_catalog.starts_with(key, ?)
        ORDER BY key %s LIMIT ?"""
            .formatted(descending ? "DESC" : "ASC"),
        statement -> {
          bind(statement, collection, prefix);
          statement.setString(4, kept(prefix));
          statement.setInt(5, limit);
          List<String> keys = new ArrayList<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              keys.add(row.getString(1));
            }
          }
          return List.copyOf(keys);
        });
  }

  private void bind(PreparedStatement statement, String collection, String key)
      throws SQLException {
    statement.setString(1, flow);
    statement.setString(2, collection);
    statement.setString(3, kept(key));
  }

  private static String kept(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new LeatException(
          NUL,
          "A document has the character U+0000 in it, which PostgreSQL does not keep.",
          "Keep the flow's store in a file instead.");
    }
    return text;
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(PreparedStatement statement) throws SQLException;
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** A store that was never written is empty; one that must not be made may not be there. */
  private <T> T read(T empty, String sql, Question<T> question) {
    return run(
        "reading the store",
        session -> {
          if (!write && !LeatSchema.hasTable(session, TABLE)) {
            return empty;
          }
          try (PreparedStatement statement = session.prepareStatement(sql)) {
            return question.ask(statement);
          }
        });
  }

  private int write(String sql, Binding binding) {
    if (!write) {
      throw new LeatException(READ_ONLY, "The store was opened to be read only.", "");
    }
    return run(
        "writing the store",
        session -> {
          try (PreparedStatement statement = session.prepareStatement(sql)) {
            binding.bind(statement);
            return statement.executeUpdate();
          }
        });
  }

  private <T> T run(String doing, Sessions.Work<T> work) {
    return pool.with(doing, work);
  }

  @Override
  public void close() {
    pool.close();
  }
}
