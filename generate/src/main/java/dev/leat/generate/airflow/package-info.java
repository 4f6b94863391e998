/** A flow as an Airflow DAG. */
@NullMarked
package dev.leat.generate.airflow;

import org.jspecify.annotations.NullMarked;
