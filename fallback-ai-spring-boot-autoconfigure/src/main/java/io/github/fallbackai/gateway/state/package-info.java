// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: what providers want back, on its way to the gateway's clients and back. The
 * gateway itself keeps nothing.
 */
@NullMarked
package io.github.fallbackai.gateway.state;

import org.jspecify.annotations.NullMarked;
