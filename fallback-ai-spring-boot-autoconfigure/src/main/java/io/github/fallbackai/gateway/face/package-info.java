// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: what a protocol of the gateway is, and the errors that all of them share.
 */
@NullMarked
package io.github.fallbackai.gateway.face;

import org.jspecify.annotations.NullMarked;
