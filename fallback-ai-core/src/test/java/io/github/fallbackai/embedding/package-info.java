/**
 * Tests of embeddings.
 */
@NullMarked
package io.github.fallbackai.embedding;

import org.jspecify.annotations.NullMarked;
