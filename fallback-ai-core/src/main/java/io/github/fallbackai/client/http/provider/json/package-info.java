// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: what dialects share whose requests and answers are JSON, and whose streams
 * are server-sent events.
 */
@NullMarked
package io.github.fallbackai.client.http.provider.json;

import org.jspecify.annotations.NullMarked;
