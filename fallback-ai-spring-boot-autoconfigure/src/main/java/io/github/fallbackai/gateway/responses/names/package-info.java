// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: the names that tools have for the client and for providers.
 */
@NullMarked
package io.github.fallbackai.gateway.responses.names;

import org.jspecify.annotations.NullMarked;
