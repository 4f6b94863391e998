/** A server that speaks the API of S3, in this process or in one of its own. */
@NullMarked
package dev.leat.testkit.s3;

import org.jspecify.annotations.NullMarked;
