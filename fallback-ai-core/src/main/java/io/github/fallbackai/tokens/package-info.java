// SPDX-License-Identifier: Apache-2.0
/**
 * Counts tokens exactly with JTokkit, for applications that have it on their class path.
 */
@NullMarked
package io.github.fallbackai.tokens;

import org.jspecify.annotations.NullMarked;
