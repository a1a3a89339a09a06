// SPDX-License-Identifier: Apache-2.0
/**
 * Events that tell listeners what happened during calls and to endpoints.
 */
@NullMarked
package io.github.fallbackai.event;

import org.jspecify.annotations.NullMarked;
