// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.latency;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * A provider in this process whose path says how it fails. It does so while it is told
 * to. It remembers when it failed last, and when the last request came that does not
 * fail, so that one clock tells both.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class FaultyProvider implements AutoCloseable {

	private static final int LARGEST = 1 << 20;

	private static final String HEALTHY = "/v1";

	private static final ByteBuf CONTENT = event("{\"content\":\"Some words of an answer. \"}", "null");

	private static final ByteBuf LAST = event("{}", "\"stop\"");

	private final NioEventLoopGroup loops = new NioEventLoopGroup(1);

	private final Channel channel;

	private volatile boolean failing;

	private volatile long failedAt;

	private volatile long askedAt;

	FaultyProvider() throws InterruptedException {
		this.channel = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel child) {
					child.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST), new Answers());
				}

			})
			.bind("127.0.0.1", 0)
			.sync()
			.channel();
	}

	String url() {
		return "http://127.0.0.1:" + ((java.net.InetSocketAddress) this.channel.localAddress()).getPort() + HEALTHY;
	}

	String url(Fault fault) {
		return url().replace(HEALTHY, fault.path() + HEALTHY);
	}

	/** Whether it fails at the paths that say how. */
	void fail(boolean failing) {
		this.failing = failing;
	}

	/** From the last failure to the last request after it, in microseconds. */
	double micros() {
		return (this.askedAt - this.failedAt) / 1000.0;
	}

	@Override
	public void close() {
		this.loops.shutdownGracefully();
	}

	private static ByteBuf event(String delta, String finishReason) {
		byte[] bytes = ("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
				+ "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finishReason + "}]}\n\n")
			.getBytes(StandardCharsets.US_ASCII);
		return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
	}

	private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {

		@Override
		protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
			Fault fault = Arrays.stream(Fault.values())
				.filter((one) -> request.uri().startsWith(one.path()))
				.findFirst()
				.orElse(null);
			if (fault == null || !FaultyProvider.this.failing) {
				FaultyProvider.this.askedAt = System.nanoTime();
				head(context);
				content(context, CONTENT);
				content(context, LAST);
				context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
				return;
			}
			switch (fault) {
				case STATUS_500 -> {
					failed();
					DefaultFullHttpResponse error = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
							HttpResponseStatus.INTERNAL_SERVER_ERROR);
					error.headers().set("Content-Length", 0);
					context.writeAndFlush(error);
				}
				case RESET -> {
					context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
					failed();
					context.close();
				}
				case CUT -> {
					head(context);
					content(context, CONTENT);
					context.writeAndFlush(new DefaultHttpContent(CONTENT.duplicate()))
						.addListener((ChannelFutureListener) (written) -> {
							failed();
							context.close();
						});
				}
			}
		}

		private static void head(ChannelHandlerContext context) {
			HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
			head.headers().set("Content-Type", "text/event-stream").set("Transfer-Encoding", "chunked");
			context.writeAndFlush(head);
		}

		private static void content(ChannelHandlerContext context, ByteBuf event) {
			context.writeAndFlush(new DefaultHttpContent(event.duplicate()));
		}

		private void failed() {
			FaultyProvider.this.failedAt = System.nanoTime();
		}

	}

}
