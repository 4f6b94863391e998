/** Flows a person can run as they are. */
@NullMarked
package dev.leat.examples;

import org.jspecify.annotations.NullMarked;
