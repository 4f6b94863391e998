/** Programs under test as processes of their own, to be killed. */
@NullMarked
package dev.leat.testkit.process;

import org.jspecify.annotations.NullMarked;
