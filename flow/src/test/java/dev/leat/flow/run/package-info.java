@NullMarked
package dev.leat.flow.run;

import org.jspecify.annotations.NullMarked;
