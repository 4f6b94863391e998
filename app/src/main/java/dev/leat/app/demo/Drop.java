package dev.leat.app.demo;

import java.nio.ByteBuffer;

/**
 * A file that a partner sends.
 *
 * @param source of the flow that loads it
 * @param name in the bucket
 * @param content of the file, read-only
 * @param good rows that can be loaded
 * @param bad rows that are not what they say
 * @param whole whether it can be read
 */
record Drop(String source, String name, ByteBuffer content, long good, long bad, boolean whole) {
  Drop(String source, String name, byte[] content, long good, long bad) {
    this(source, name, ByteBuffer.wrap(content).asReadOnlyBuffer(), good, bad, true);
  }

  /** Its first half, as an upload leaves it that broke off. */
  Drop cut() {
    return new Drop(source, name, content.slice(0, content.remaining() / 2), 0, 0, false);
  }

  byte[] bytes() {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }

  /** Without the folders. */
  String file() {
    return name.substring(name.indexOf('/') + 1);
  }
}
