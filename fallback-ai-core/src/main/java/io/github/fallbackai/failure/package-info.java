/**
 * What went wrong and what was passed over: kinds, attempts, skips and the exceptions
 * that users see.
 */
@NullMarked
package io.github.fallbackai.failure;

import org.jspecify.annotations.NullMarked;
