// SPDX-License-Identifier: Apache-2.0
/**
 * Embeddings: texts as vectors, always of the model that was asked for.
 */
@NullMarked
package io.github.fallbackai.embedding;

import org.jspecify.annotations.NullMarked;
