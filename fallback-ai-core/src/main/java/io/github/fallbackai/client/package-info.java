// SPDX-License-Identifier: Apache-2.0
/**
 * SPI: one request to one endpoint, answered as a stream of events.
 */
@NullMarked
package io.github.fallbackai.client;

import org.jspecify.annotations.NullMarked;
