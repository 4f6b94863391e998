@NullMarked
package dev.leat.flow.migration;

import org.jspecify.annotations.NullMarked;
