// SPDX-License-Identifier: Apache-2.0
/**
 * Measures what the starter adds to the start of an application.
 */
@NullMarked
package io.github.fallbackai.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
