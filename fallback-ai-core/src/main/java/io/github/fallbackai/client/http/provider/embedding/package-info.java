// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: requests for embeddings in the formats of providers.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.embedding;

import org.jspecify.annotations.NullMarked;
