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
 * Sits above a connection's HTTP codec, whose exceptions may quote what they could not
 * parse, and which Reactor Netty logs: puts one in their place that quotes nothing.
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

	/** Netty takes any number for a status; those above it do not. */
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
