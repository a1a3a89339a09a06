// SPDX-License-Identifier: Apache-2.0
/**
 * The dialect of OpenAI's chat completions, for OpenAI, Azure and compatible servers.
 * Internal: public only for the list of dialects.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.openai;

import org.jspecify.annotations.NullMarked;
