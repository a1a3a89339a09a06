/**
 * Keeps the spending at endpoints below their spend limits.
 */
@NullMarked
package io.github.fallbackai.budget;

import org.jspecify.annotations.NullMarked;
