/**
 * The default wire, directly on Reactor Netty. {@code NettyWire} and
 * {@code TransportSettings} are for users; {@code PooledWire} is internal; other wires
 * over Reactor Netty connections use it too.
 */
@NullMarked
package io.github.fallbackai.client.http.netty;

import org.jspecify.annotations.NullMarked;
