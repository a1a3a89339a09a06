// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of gates.
 */
@NullUnmarked
package io.github.fallbackai.breaker;

import org.jspecify.annotations.NullUnmarked;
