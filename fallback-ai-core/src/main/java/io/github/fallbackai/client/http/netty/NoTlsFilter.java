// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import reactor.netty.NettyPipeline;

/**
 * Removes the server's bytes from the exception that says that they are not TLS, because
 * Reactor Netty logs it.
 */
final class NoTlsFilter extends ChannelInboundHandlerAdapter {

	static void install(Channel channel) {
		channel.pipeline().addBefore(NettyPipeline.HttpCodec, "fallback-ai-no-tls", new NoTlsFilter());
	}

	@Override
	@SuppressWarnings("deprecation")
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
		boolean noTls = cause instanceof NotSslRecordException || cause.getCause() instanceof NotSslRecordException;
		super.exceptionCaught(context, noTls ? new NotSslRecordException("the server does not speak TLS") : cause);
	}

}
