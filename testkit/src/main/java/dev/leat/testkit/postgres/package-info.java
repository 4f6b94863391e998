/**
 * A real PostgreSQL without an installation: binaries from the class path, unpacked once, started
 * as a child process.
 *
 * <p>Nothing here needs a test framework, so that programs can start a server too.
 */
@NullMarked
package dev.leat.testkit.postgres;

import org.jspecify.annotations.NullMarked;
