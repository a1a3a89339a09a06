// SPDX-License-Identifier: Apache-2.0
/**
 * An endpoint as the planner of a call sees it: its place in the order of a chain, what
 * calls learned about it, and which requests it can serve. Internal: public only for the
 * engine and for what assembles it.
 */
@NullMarked
package io.github.fallbackai.engine.candidate;

import org.jspecify.annotations.NullMarked;
