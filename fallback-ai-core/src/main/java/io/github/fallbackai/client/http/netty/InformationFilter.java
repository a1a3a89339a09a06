// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;

/**
 * Hides the responses that a server sends before its answer, such as 103 Early Hints, see
 * <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.2">RFC 9110</a>. Reactor
 * Netty treats every response except 100 as the answer.
 */
final class InformationFilter extends ChannelInboundHandlerAdapter {

	private static final int SWITCHING_PROTOCOLS = 101;

	private boolean information;

	static void install(Channel channel) {
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, "fallback-ai-information", new InformationFilter());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpResponse response) {
			int status = response.status().code();
			this.information = status > SWITCHING_PROTOCOLS && status < 200 && response.decoderResult().isSuccess();
		}
		if (!this.information) {
			context.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		if (message instanceof LastHttpContent) {
			this.information = false;
			// The reader of the answer asked once and got nothing, so ask again for it.
			context.read();
		}
	}

}
