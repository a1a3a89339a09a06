// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether an endpoint may be tried now: permits, circuit breakers and cool-downs.
 * Internal but for {@link ControlScope} and {@link RecordedFailureException}: public only
 * for the template and for what assembles it.
 */
@NullMarked
package io.github.fallbackai.breaker;

import org.jspecify.annotations.NullMarked;
