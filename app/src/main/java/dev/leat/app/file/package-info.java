/** Flow files: TOML to records, with everything that is wrong at once. */
@NullMarked
package dev.leat.app.file;

import org.jspecify.annotations.NullMarked;
