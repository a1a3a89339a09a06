/**
 * The chatbot that keeps talking while its providers fail: how it starts and whom it
 * talks to.
 */
@NullMarked
package io.github.fallbackai.sample;

import org.jspecify.annotations.NullMarked;
