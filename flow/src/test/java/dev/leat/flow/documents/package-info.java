@NullMarked
package dev.leat.flow.documents;

import org.jspecify.annotations.NullMarked;
