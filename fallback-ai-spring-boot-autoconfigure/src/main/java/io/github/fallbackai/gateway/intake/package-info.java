// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: takes in the bodies of requests, within bounds of size, shape, time and
 * memory.
 */
@NullMarked
package io.github.fallbackai.gateway.intake;

import org.jspecify.annotations.NullMarked;
