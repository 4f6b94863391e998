/** Document stores that need no plugin: folders of files, and memory. */
@NullMarked
package dev.leat.flow.documents;

import org.jspecify.annotations.NullMarked;
