// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the gateway's embeddings.
 */
@NullMarked
package io.github.fallbackai.gateway.embeddings;

import org.jspecify.annotations.NullMarked;
