// SPDX-License-Identifier: Apache-2.0
/**
 * Embeddings: texts in, vectors out, in the formats of OpenAI and Gemini.
 */
@NullMarked
package io.github.fallbackai.test.wire.embedding;

import org.jspecify.annotations.NullMarked;
