// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * A handler below a connection's HTTP codec. It knows two things that the layers above do
 * not tell: whether the connection was used before, and whether a single byte of the
 * present response has arrived.
 */
final class TrafficProbe extends ChannelInboundHandlerAdapter {

	private boolean used;

	private volatile Traffic present = new Traffic(false);

	/**
	 * Puts a probe into the pipeline of a new connection, above TLS, because TLS records
	 * are no response.
	 */
	static void install(Channel channel) {
		channel.pipeline().addBefore(NettyPipeline.HttpCodec, "fallback-ai-probe", new TrafficProbe());
	}

	/**
	 * A request is about to be sent. Called by the connection's event loop only.
	 * @return what happens to it; {@code null} if the connection has no probe
	 */
	static @Nullable Traffic begin(Channel channel) {
		TrafficProbe probe = channel.pipeline().get(TrafficProbe.class);
		return (probe != null) ? probe.begin() : null;
	}

	private Traffic begin() {
		Traffic begun = new Traffic(this.used);
		this.used = true;
		this.present = begun;
		return begun;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.present.received();
		context.fireChannelRead(message);
	}

	/**
	 * What happens to one request. The connection may serve another one before the answer
	 * to this one is read to its end, so that each has its own.
	 */
	static final class Traffic {

		private final boolean reused;

		private volatile boolean received;

		private Traffic(boolean reused) {
			this.reused = reused;
		}

		private void received() {
			if (!this.received) {
				this.received = true;
			}
		}

		/** Whether the connection was used before, and no byte of a response came. */
		boolean reusedWithoutReply() {
			return this.reused && !this.received;
		}

	}

}
