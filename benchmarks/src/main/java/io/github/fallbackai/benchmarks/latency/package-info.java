// SPDX-License-Identifier: Apache-2.0
/**
 * Measures how long a caller waits for this library.
 */
@NullMarked
package io.github.fallbackai.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
