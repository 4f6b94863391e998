package dev.leat.benchmarks;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A program that has Debezium's engine read a table's rows or changes and counts the records, as
 * the cheapest thing that can be done with them. It ends when it has seen as many as it was told.
 */
final class DebeziumCount {
  private static final long PATIENCE_MINUTES = 10;

  private DebeziumCount() {}

  enum Work {
    /** All rows of a table. */
    SNAPSHOT,
    /** The changes since slot {@code debezium} was made. */
    STREAM
  }

  public static void main(String[] arguments) throws InterruptedException, IOException {
    Work work = Work.valueOf(arguments[0]);
    long wanted = Long.parseLong(arguments[4]);
    Properties settings = settings(work, arguments[1], arguments[2], arguments[3]);
    CountDownLatch enough = new CountDownLatch(1);
    AtomicLong seen = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    DebeziumEngine<RecordChangeEvent<SourceRecord>> engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(settings)
            .notifying((records, committer) -> count(records, committer, seen, wanted, enough))
            .using(
                (success, message, error) -> {
                  if (!success) {
                    failure.set(error == null ? new IllegalStateException(message) : error);
                  }
                  enough.countDown();
                })
            .build();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      thread.execute(engine);
      boolean done = enough.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
      engine.close();
      if (!done || seen.get() < wanted) {
        throw new IllegalStateException(
            "Debezium handed over " + seen.get() + " records of " + wanted, failure.get());
      }
    }
  }

  private static void count(
      List<RecordChangeEvent<SourceRecord>> records,
      DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer,
      AtomicLong seen,
      long wanted,
      CountDownLatch enough)
      throws InterruptedException {
    long counted = 0;
    for (RecordChangeEvent<SourceRecord> record : records) {
      // Changes have a key; heartbeats and marks of transactions do not.
      if (record.record().valueSchema() != null) {
        counted++;
      }
      committer.markProcessed(record);
    }
    committer.markBatchFinished();
    if (seen.addAndGet(counted) >= wanted) {
      enough.countDown();
    }
  }

  private static Properties settings(Work work, String port, String table, String publication) {
    Properties settings = new Properties();
    settings.setProperty("name", "count-" + work.name().toLowerCase(Locale.ROOT));
    settings.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    settings.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    settings.setProperty("database.hostname", "127.0.0.1");
    settings.setProperty("database.port", port);
    settings.setProperty("database.user", "postgres");
    settings.setProperty("database.password", "");
    settings.setProperty("database.dbname", "postgres");
    settings.setProperty("topic.prefix", "count");
    settings.setProperty("plugin.name", "pgoutput");
    settings.setProperty("publication.name", publication);
    settings.setProperty("table.include.list", table.replace(".", "\\."));
    // Larger than by default, in Debezium's favour.
    settings.setProperty("max.batch.size", "8192");
    settings.setProperty("max.queue.size", "32768");
    settings.setProperty("poll.interval.ms", "10");
    switch (work) {
      case SNAPSHOT -> {
        settings.setProperty("snapshot.mode", "initial_only");
        settings.setProperty("snapshot.fetch.size", "10000");
        settings.setProperty("publication.autocreate.mode", "filtered");
        settings.setProperty("slot.name", "count_snapshot");
        settings.setProperty("slot.drop.on.stop", "true");
      }
      case STREAM -> {
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty("publication.autocreate.mode", "disabled");
        settings.setProperty("slot.name", "debezium");
      }
    }
    return settings;
  }
}
