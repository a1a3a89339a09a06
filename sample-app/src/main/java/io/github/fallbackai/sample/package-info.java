// SPDX-License-Identifier: Apache-2.0
/**
 * The chatbot that keeps talking while its providers fail: how it starts and which
 * providers it talks to.
 */
@NullMarked
package io.github.fallbackai.sample;

import org.jspecify.annotations.NullMarked;
