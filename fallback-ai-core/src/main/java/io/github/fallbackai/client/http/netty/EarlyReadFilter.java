// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.nio.channels.NotYetConnectedException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import reactor.netty.NettyPipeline;

/**
 * Hides a read from a connection before it was established. With epoll, an event of a
 * socket that was just closed can reach the new socket that has the same file descriptor.
 * Reactor Netty would fail the exchange, and still send its request as soon as the
 * connection is established. A connection that really fails has other signals.
 */
final class EarlyReadFilter extends ChannelInboundHandlerAdapter {

	static void install(Channel channel) {
		channel.pipeline().addBefore(NettyPipeline.HttpCodec, "fallback-ai-early-read", new EarlyReadFilter());
	}

	@Override
	@SuppressWarnings("deprecation")
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
		if (!(cause instanceof NotYetConnectedException)) {
			super.exceptionCaught(context, cause);
		}
	}

}
