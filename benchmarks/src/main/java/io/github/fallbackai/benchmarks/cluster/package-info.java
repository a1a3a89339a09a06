/**
 * What sharing state among many instances costs and brings, in virtual time.
 */
@NullMarked
package io.github.fallbackai.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
