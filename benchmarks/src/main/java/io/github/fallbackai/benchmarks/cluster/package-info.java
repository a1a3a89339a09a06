// SPDX-License-Identifier: Apache-2.0
/**
 * Measures the cost and the benefit of sharing state among many instances, in virtual
 * time.
 */
@NullMarked
package io.github.fallbackai.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
