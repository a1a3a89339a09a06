// SPDX-License-Identifier: Apache-2.0
/**
 * Runs one call over a chain of endpoints: plan, attempt, decide. Internal: public only
 * for the template and for what assembles it.
 */
@NullMarked
package io.github.fallbackai.engine;

import org.jspecify.annotations.NullMarked;
