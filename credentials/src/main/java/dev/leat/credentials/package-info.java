/** Credential stores that come with Leat. */
@NullMarked
package dev.leat.credentials;

import org.jspecify.annotations.NullMarked;
