package dev.leat.replication;

/** What a replication does with its tables. */
public enum StartMode {
  /** Copy what is there, then follow every change. */
  COPY_AND_STREAM,
  /** Copy what is there at one moment, then end. */
  COPY,
  /** Follow changes from the moment the stream is made; nothing that is there already is copied. */
  STREAM
}
