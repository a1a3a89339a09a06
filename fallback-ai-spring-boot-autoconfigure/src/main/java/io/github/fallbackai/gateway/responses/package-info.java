// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: OpenAI's responses as a protocol of the gateway.
 */
@NullMarked
package io.github.fallbackai.gateway.responses;

import org.jspecify.annotations.NullMarked;
