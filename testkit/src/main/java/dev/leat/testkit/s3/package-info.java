/** A server that speaks the API of S3, in this process. */
@NullMarked
package dev.leat.testkit.s3;

import org.jspecify.annotations.NullMarked;
