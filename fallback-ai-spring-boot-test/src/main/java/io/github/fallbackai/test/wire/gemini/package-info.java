// SPDX-License-Identifier: Apache-2.0
/**
 * The GenerateContent format of Google Gemini.
 */
@NullMarked
package io.github.fallbackai.test.wire.gemini;

import org.jspecify.annotations.NullMarked;
