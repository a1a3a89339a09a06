// SPDX-License-Identifier: Apache-2.0
/**
 * The Chat Completions format of OpenAI, of everything compatible with it, and of Azure.
 */
@NullMarked
package io.github.fallbackai.test.wire.openai;

import org.jspecify.annotations.NullMarked;
