// SPDX-License-Identifier: Apache-2.0
/**
 * SPI: one HTTP exchange, independent of the library that carries it.
 */
@NullMarked
package io.github.fallbackai.client.http.wire;

import org.jspecify.annotations.NullMarked;
