// SPDX-License-Identifier: Apache-2.0
/**
 * The time of calls: the deadline of a call, the limits of an attempt, and the pauses of
 * a consumer, which no limit counts. Internal: public only for the engine.
 */
@NullMarked
package io.github.fallbackai.engine.timing;

import org.jspecify.annotations.NullMarked;
