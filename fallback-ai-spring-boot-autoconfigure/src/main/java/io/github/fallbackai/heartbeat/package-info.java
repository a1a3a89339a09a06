// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: keeps streams alive in which nothing happens for a while.
 */
@NullMarked
package io.github.fallbackai.heartbeat;

import org.jspecify.annotations.NullMarked;
