/** JSON written in one form only, and read without forgiving anything. */
@NullMarked
package dev.leat.flow.json;

import org.jspecify.annotations.NullMarked;
