// SPDX-License-Identifier: Apache-2.0
/**
 * Tells Micrometer what happens: meters, and observations of calls and attempts.
 */
@NullMarked
package io.github.fallbackai.observation;

import org.jspecify.annotations.NullMarked;
