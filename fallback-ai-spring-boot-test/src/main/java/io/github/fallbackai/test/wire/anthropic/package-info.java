// SPDX-License-Identifier: Apache-2.0
/**
 * The Messages format of Anthropic.
 */
@NullMarked
package io.github.fallbackai.test.wire.anthropic;

import org.jspecify.annotations.NullMarked;
