/**
 * The replication runtime: copies tables, hands over to the change stream, batches changes, and
 * keeps the order destination durable → progress saved → position confirmed. Start at {@link
 * dev.leat.replication.Replication}.
 */
@NullMarked
package dev.leat.replication;

import org.jspecify.annotations.NullMarked;
