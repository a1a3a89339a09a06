/**
 * The default wire, straight on Reactor Netty. {@code NettyWire} and
 * {@code TransportSettings} are for users; {@code PooledWire} is internal, what other
 * wires over Reactor Netty connections share with it.
 */
@NullMarked
package io.github.fallbackai.client.http.netty;

import org.jspecify.annotations.NullMarked;
