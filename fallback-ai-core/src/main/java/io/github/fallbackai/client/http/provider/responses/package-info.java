// SPDX-License-Identifier: Apache-2.0
/**
 * The dialect of OpenAI's Responses API, for OpenAI, Azure and compatible servers.
 * Internal: public only for the list of dialects.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.responses;

import org.jspecify.annotations.NullMarked;
