/** AWS Systems Manager Parameter Store. */
@NullMarked
package dev.leat.ssm;

import org.jspecify.annotations.NullMarked;
