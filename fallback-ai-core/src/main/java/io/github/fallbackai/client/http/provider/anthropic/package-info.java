// SPDX-License-Identifier: Apache-2.0
/**
 * The dialect of Anthropic's Messages API. Internal: public only for the list of
 * dialects.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.anthropic;

import org.jspecify.annotations.NullMarked;
