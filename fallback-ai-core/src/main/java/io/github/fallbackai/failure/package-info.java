// SPDX-License-Identifier: Apache-2.0
/**
 * Kinds of failure, attempts, skips and the exceptions that users see.
 */
@NullMarked
package io.github.fallbackai.failure;

import org.jspecify.annotations.NullMarked;
