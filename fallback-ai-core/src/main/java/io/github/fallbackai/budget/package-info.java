/**
 * Keeps what endpoints cost below their spend limits.
 */
@NullMarked
package io.github.fallbackai.budget;

import org.jspecify.annotations.NullMarked;
