// SPDX-License-Identifier: Apache-2.0
/**
 * Measures the processor time and memory of the ways to call a provider.
 */
@NullMarked
package io.github.fallbackai.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
