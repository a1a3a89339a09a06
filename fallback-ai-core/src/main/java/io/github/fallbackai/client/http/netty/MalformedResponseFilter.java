// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import reactor.netty.NettyPipeline;

/**
 * A handler above a connection's HTTP codec. The codec's exceptions may quote the text
 * that it could not parse, and Reactor Netty logs them. The handler replaces them by an
 * exception without a quotation.
 */
final class MalformedResponseFilter extends ChannelInboundHandlerAdapter {

	static void install(Channel channel) {
		channel.pipeline()
			.addAfter(NettyPipeline.HttpCodec, "fallback-ai-malformed-response", new MalformedResponseFilter());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpObject object && (mayQuote(object.decoderResult()) || hasNoStatus(object))) {
			object.setDecoderResult(DecoderResult.failure(new DecoderException("the response is not HTTP")));
		}
		context.fireChannelRead(message);
	}

	/** Netty accepts any number as a status, but the handlers above do not. */
	private static boolean hasNoStatus(HttpObject object) {
		return object instanceof HttpResponse response
				&& (response.status().code() < 100 || response.status().code() > 999);
	}

	private static boolean mayQuote(DecoderResult result) {
		Throwable cause = result.cause();
		return cause != null
				&& !(cause instanceof PrematureChannelClosureException || cause instanceof TooLongFrameException);
	}

}
