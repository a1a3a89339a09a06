// SPDX-License-Identifier: Apache-2.0
/**
 * Anthropic's Messages API as a protocol of the gateway. Internal: public only for the
 * gateway.
 */
@NullMarked
package io.github.fallbackai.gateway.messages;

import org.jspecify.annotations.NullMarked;
