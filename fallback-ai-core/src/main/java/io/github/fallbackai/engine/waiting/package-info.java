// SPDX-License-Identifier: Apache-2.0
/**
 * Calls that wait until an endpoint may be asked: what they wait for, and how many may
 * wait. Internal: public only for the engine.
 */
@NullMarked
package io.github.fallbackai.engine.waiting;

import org.jspecify.annotations.NullMarked;
