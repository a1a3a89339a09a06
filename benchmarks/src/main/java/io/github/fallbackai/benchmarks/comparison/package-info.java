// SPDX-License-Identifier: Apache-2.0
/**
 * Compares what calls cost an application over this library and over other clients.
 */
@NullMarked
package io.github.fallbackai.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
