/** Flow files: TOML to records, with everything that is wrong at once. */
@NullMarked
package dev.leat.config;

import org.jspecify.annotations.NullMarked;
