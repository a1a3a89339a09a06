// SPDX-License-Identifier: Apache-2.0
/**
 * What an endpoint and a chain are: plain immutable values, no I/O.
 */
@NullMarked
package io.github.fallbackai.endpoint;

import org.jspecify.annotations.NullMarked;
