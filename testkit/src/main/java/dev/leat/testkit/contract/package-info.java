/** What plugins must do, as tests that they implement. */
@NullMarked
package dev.leat.testkit.contract;

import org.jspecify.annotations.NullMarked;
