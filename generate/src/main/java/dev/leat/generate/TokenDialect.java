package dev.leat.generate;

import dev.leat.spi.schema.Column;
import dev.leat.spi.schema.ColumnChange;
import dev.leat.spi.schema.LogicalType;
import dev.leat.spi.schema.TableId;
import dev.leat.spi.sql.Call;
import dev.leat.spi.sql.Dialect;
import java.util.List;
import java.util.Optional;

/**
 * An engine's SQL, with tokens where only a run tells what stands there.
 *
 * @param engine how the engine wants it
 * @param tokens what stands for what
 * @param sentinels the values that tokens stand for
 * @param tables whether the names of datasets are tokens, too
 */
record TokenDialect(Dialect engine, TokenText tokens, Sentinels sentinels, boolean tables)
    implements Dialect {

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String quote(String name) {
    return engine.quote(name);
  }

  @Override
  public String quote(TableId table) {
    return tables ? tokens.of(new Token.Table(table)) : engine.quote(table);
  }

  @Override
  public String quoteWithin(TableId table) {
    return engine.quoteWithin(table);
  }

  @Override
  public String literal(String text) {
    return sentinels.text(text).map(tokens::of).orElseGet(() -> engine.literal(text));
  }

  @Override
  public String literal(LogicalType type, String value) {
    return sentinels
        .token(type, value)
        .map(tokens::of)
        .orElseGet(() -> engine.literal(type, value));
  }

  @Override
  public String type(LogicalType type) {
    return engine.type(type);
  }

  @Override
  public Optional<String> cannotKeep(LogicalType type) {
    return engine.cannotKeep(type);
  }

  @Override
  public Optional<String> call(Call call) {
    return engine.call(call);
  }

  @Override
  public String arithmetic(String expression, LogicalType type) {
    return engine.arithmetic(expression, type);
  }

  @Override
  public String ordered(String text) {
    return engine.ordered(text);
  }

  @Override
  public boolean filters() {
    return engine.filters();
  }

  @Override
  public String output(String expression, LogicalType type) {
    return engine.output(expression, type);
  }

  @Override
  public List<String> createTable(TableId table, List<Column> columns, List<String> key) {
    return engine.createTable(table, columns, key);
  }

  @Override
  public List<String> alterTable(TableId table, List<ColumnChange> changes) {
    return engine.alterTable(table, changes);
  }

  @Override
  public List<String> indexStatements(TableId table, List<String> columns) {
    return engine.indexStatements(table, columns);
  }
}
