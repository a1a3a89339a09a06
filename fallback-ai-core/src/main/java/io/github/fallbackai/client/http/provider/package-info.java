// SPDX-License-Identifier: Apache-2.0
/**
 * SPI: how one kind of provider writes requests, answers and errors. Internal but for
 * {@link Authentication}, {@link Dialect} and {@link StreamDecoder}: what the dialects of
 * this library share.
 */
@NullMarked
package io.github.fallbackai.client.http.provider;

import org.jspecify.annotations.NullMarked;
