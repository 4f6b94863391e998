package dev.leat.testkit.contract;

import org.jspecify.annotations.Nullable;

/** A row of the table that {@link DestinationContract} writes. */
public record TestRow(int id, @Nullable String text, @Nullable String doc) {}
