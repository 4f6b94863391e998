/** The test kit's parts for JUnit; the only ones that need it on the class path. */
@NullMarked
package dev.leat.testkit.junit;

import org.jspecify.annotations.NullMarked;
