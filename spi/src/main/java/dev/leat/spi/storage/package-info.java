/** Where files are: folders and buckets. */
@NullMarked
package dev.leat.spi.storage;

import org.jspecify.annotations.NullMarked;
