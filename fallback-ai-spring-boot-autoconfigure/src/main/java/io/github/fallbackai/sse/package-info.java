// SPDX-License-Identifier: Apache-2.0
/**
 * Writes the events of a streamed call as server-sent events, for controllers.
 */
@NullMarked
package io.github.fallbackai.sse;

import org.jspecify.annotations.NullMarked;
