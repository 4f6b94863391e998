/** Opens what a flow file names. */
@NullMarked
package dev.leat.app.flow;

import org.jspecify.annotations.NullMarked;
