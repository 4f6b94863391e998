/** Publications: which tables a stream carries, and who keeps them. */
@NullMarked
package dev.leat.postgres.publication;

import org.jspecify.annotations.NullMarked;
