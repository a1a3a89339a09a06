// SPDX-License-Identifier: Apache-2.0
/**
 * The dialect of Google's Gemini API. Internal: public only for the list of dialects.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.gemini;

import org.jspecify.annotations.NullMarked;
