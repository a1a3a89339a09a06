// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of embeddings.
 */
@NullMarked
package io.github.fallbackai.embedding;

import org.jspecify.annotations.NullMarked;
