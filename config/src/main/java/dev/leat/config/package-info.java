/** Reads flow files into records and reports every problem at its place. */
@NullMarked
package dev.leat.config;

import org.jspecify.annotations.NullMarked;
