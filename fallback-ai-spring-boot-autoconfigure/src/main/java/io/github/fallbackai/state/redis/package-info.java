// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the state of endpoints in Redis and spreads it, through Spring Data.
 */
@NullMarked
package io.github.fallbackai.state.redis;

import org.jspecify.annotations.NullMarked;
