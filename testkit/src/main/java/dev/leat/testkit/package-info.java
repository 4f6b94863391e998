/** What plugin authors test against: contracts, faulty parts, real servers. */
@NullMarked
package dev.leat.testkit;

import org.jspecify.annotations.NullMarked;
