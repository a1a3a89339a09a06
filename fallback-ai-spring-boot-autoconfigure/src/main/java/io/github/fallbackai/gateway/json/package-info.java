// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: reads the JSON of requests and writes that of answers, for all protocols of
 * the gateway.
 */
@NullMarked
package io.github.fallbackai.gateway.json;

import org.jspecify.annotations.NullMarked;
