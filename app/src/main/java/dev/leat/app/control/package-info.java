/** How other processes talk to a running flow: a Unix domain socket. */
@NullMarked
package dev.leat.app.control;

import org.jspecify.annotations.NullMarked;
