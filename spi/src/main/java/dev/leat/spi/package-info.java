/**
 * Contracts and data model that every plugin is written against; start at {@link
 * dev.leat.spi.plugin.Plugin}.
 */
@NullMarked
package dev.leat.spi;

import org.jspecify.annotations.NullMarked;
