// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of the engine's inside, in its package to reach it.
 */
@NullUnmarked
package io.github.fallbackai.engine;

import org.jspecify.annotations.NullUnmarked;
