package dev.leat.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a test once per PostgreSQL version; its parameter is a {@link
 * dev.leat.testkit.postgres.PostgresVersion}.
 *
 * <p>The versions are those that the system property {@code leat.test.pg} names, by default the
 * newest and the oldest on the class path: 18, and 14 in modules that depend on {@code
 * leat-postgres-binaries}. A named version that is missing is an error.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(PostgresVersionArguments.class)
public @interface PostgresVersions {}
