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

	private volatile boolean used;

	private volatile boolean reused;

	private volatile boolean received;

	/**
	 * Puts a probe into the pipeline of a new connection, above TLS, because TLS records
	 * are no response.
	 */
	static void install(Channel channel) {
		channel.pipeline().addBefore(NettyPipeline.HttpCodec, "fallback-ai-probe", new TrafficProbe());
	}

	static @Nullable TrafficProbe of(Channel channel) {
		return channel.pipeline().get(TrafficProbe.class);
	}

	/** A request is about to be sent. Called by the connection's event loop only. */
	void begin() {
		this.reused = this.used;
		this.used = true;
		this.received = false;
	}

	boolean reused() {
		return this.reused;
	}

	boolean received() {
		return this.received;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!this.received) {
			this.received = true;
		}
		context.fireChannelRead(message);
	}

}
