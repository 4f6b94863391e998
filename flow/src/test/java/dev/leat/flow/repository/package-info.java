@NullMarked
package dev.leat.flow.repository;

import org.jspecify.annotations.NullMarked;
