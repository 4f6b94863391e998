/** The state of a flow as one document, to look at and to take elsewhere. */
@NullMarked
package dev.leat.app.state;

import org.jspecify.annotations.NullMarked;
