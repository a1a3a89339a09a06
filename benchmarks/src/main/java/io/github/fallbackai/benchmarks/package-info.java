// SPDX-License-Identifier: Apache-2.0
/**
 * Measures what the failover costs, beside the programs that it is compared with.
 */
@NullMarked
package io.github.fallbackai.benchmarks;

import org.jspecify.annotations.NullMarked;
