@NullMarked
package dev.leat.flow.report;

import org.jspecify.annotations.NullMarked;
