// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP endpoints in the formats of providers, so that any client of those formats gets
 * fallback. Internal: public only for the auto-configuration.
 */
@NullMarked
package io.github.fallbackai.gateway;

import org.jspecify.annotations.NullMarked;
