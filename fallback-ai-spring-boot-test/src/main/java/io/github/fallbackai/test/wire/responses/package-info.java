// SPDX-License-Identifier: Apache-2.0
/**
 * The Responses format of OpenAI, of Azure, and of everything compatible with it.
 */
@NullMarked
package io.github.fallbackai.test.wire.responses;

import org.jspecify.annotations.NullMarked;
