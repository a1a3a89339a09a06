// SPDX-License-Identifier: Apache-2.0
/**
 * Proves that timers run when their time has come, real or virtual.
 */
@NullMarked
package io.github.fallbackai.test.time;

import org.jspecify.annotations.NullMarked;
