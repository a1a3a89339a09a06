/**
 * Tests of the warm-up.
 */
package io.github.fallbackai.autoconfigure.warmup;
