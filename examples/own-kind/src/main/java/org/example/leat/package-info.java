/** A plugin with a kind of step. */
@NullMarked
package org.example.leat;

import org.jspecify.annotations.NullMarked;
