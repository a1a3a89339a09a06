/**
 * Decides whether an endpoint may be tried now: permits, circuit breakers and cool-downs.
 */
@NullMarked
package io.github.fallbackai.breaker;

import org.jspecify.annotations.NullMarked;
