/** A flow as it was read: what it makes, of what, how it is checked and where it goes. */
@NullMarked
package dev.leat.flow.model;

import org.jspecify.annotations.NullMarked;
