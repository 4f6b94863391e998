/** Folders of this machine as storages. */
@NullMarked
package dev.leat.flow.storage;

import org.jspecify.annotations.NullMarked;
