// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: OpenAI's embeddings, as clients of the gateway ask for them.
 */
@NullMarked
package io.github.fallbackai.gateway.embeddings;

import org.jspecify.annotations.NullMarked;
