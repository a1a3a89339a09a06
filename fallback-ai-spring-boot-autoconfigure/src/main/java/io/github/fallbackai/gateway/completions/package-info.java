// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: OpenAI's chat completions as a protocol of the gateway.
 */
@NullMarked
package io.github.fallbackai.gateway.completions;

import org.jspecify.annotations.NullMarked;
