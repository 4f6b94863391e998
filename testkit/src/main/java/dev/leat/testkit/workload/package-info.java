/** Made-up work for a source, the same again for the same seed. */
@NullMarked
package dev.leat.testkit.workload;

import org.jspecify.annotations.NullMarked;
