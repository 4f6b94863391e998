/** Files in buckets. */
@NullMarked
package dev.leat.s3;

import org.jspecify.annotations.NullMarked;
