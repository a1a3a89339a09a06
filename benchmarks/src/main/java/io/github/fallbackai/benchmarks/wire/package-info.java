/**
 * What the way to a provider costs in processor time and memory.
 */
@NullMarked
package io.github.fallbackai.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
