/** The subcommands. */
@NullMarked
package dev.leat.app.command;

import org.jspecify.annotations.NullMarked;
