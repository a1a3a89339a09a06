/**
 * Runs one call over a chain of endpoints: plan, attempt, decide.
 */
@NullMarked
package io.github.fallbackai.engine;

import org.jspecify.annotations.NullMarked;
