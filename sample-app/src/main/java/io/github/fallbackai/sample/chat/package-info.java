// SPDX-License-Identifier: Apache-2.0
/**
 * The conversation: a question in, an answer or a stream of events out.
 */
@NullMarked
package io.github.fallbackai.sample.chat;

import org.jspecify.annotations.NullMarked;
