// SPDX-License-Identifier: Apache-2.0
/**
 * What a caller says and what comes back: immutable requests, responses and stream
 * events.
 */
@NullMarked
package io.github.fallbackai.chat;

import org.jspecify.annotations.NullMarked;
