// SPDX-License-Identifier: Apache-2.0
/**
 * The default wire, directly on Reactor Netty. Internal but for {@link NettyWire} and
 * {@link TransportSettings}. Other wires over Reactor Netty connections use
 * {@code PooledWire} too.
 */
@NullMarked
package io.github.fallbackai.client.http.netty;

import org.jspecify.annotations.NullMarked;
