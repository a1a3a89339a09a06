// SPDX-License-Identifier: Apache-2.0
/**
 * Adapters to and from Spring AI: a {@code ChatModel} over the endpoints, and a
 * {@code ChatModel} as an endpoint. The same classes run with Spring AI 1.1 and 2.0.
 */
@NullMarked
package io.github.fallbackai.springai;

import org.jspecify.annotations.NullMarked;
