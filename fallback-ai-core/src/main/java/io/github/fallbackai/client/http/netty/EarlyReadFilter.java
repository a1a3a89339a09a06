package io.github.fallbackai.client.http.netty;

import java.nio.channels.NotYetConnectedException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import reactor.netty.NettyPipeline;

/**
 * Keeps to itself that a connection was read from before it was established. With epoll,
 * news of a socket that was just closed can reach the new one that inherited its file
 * descriptor. Reactor Netty would fail the exchange, and send its request nevertheless as
 * soon as the connection is there. A connection that really fails says so in other ways.
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
