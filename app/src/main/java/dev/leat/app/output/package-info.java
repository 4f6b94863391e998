/** What people see: messages, tables, numbers, progress. */
@NullMarked
package dev.leat.app.output;

import org.jspecify.annotations.NullMarked;
