/** Changes of the columns of datasets that are kept: planned, judged, applied and taken back. */
@NullMarked
package dev.leat.flow.migration;

import org.jspecify.annotations.NullMarked;
