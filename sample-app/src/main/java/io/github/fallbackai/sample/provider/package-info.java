/**
 * The providers behind the conversation: how they are, and how the demo breaks them.
 */
@NullMarked
package io.github.fallbackai.sample.provider;

import org.jspecify.annotations.NullMarked;
