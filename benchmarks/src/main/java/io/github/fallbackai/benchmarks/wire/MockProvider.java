// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
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
 * A provider on plain Netty that costs as little as possible, in a process of its own: an
 * answer of 500 characters, or a stream of 200 chunks of 20 characters, or of 25 chunks.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class MockProvider {

	/** Chunks of a stream. */
	public static final int CHUNKS = 200;

	/** A path that begins with this has streams as short as the whole answer. */
	public static final String SHORT = "/short";

	/** A path that begins with this has streams with a pause before each chunk. */
	public static final String PACED = "/paced";

	/** Milliseconds between the chunks of a paced stream. */
	public static final int PACE = 5;

	/** Characters of a chunk. */
	public static final int CHARACTERS = 20;

	private static final int CHUNKS_OF_SHORT = 25;

	private static final String FRAME = "\"id\":\"chatcmpl-D8Z5oo6uDh67AD85p73ksdT1KxhE0\",\"object\":\"chat.completion%s\","
			+ "\"created\":1770933892,\"model\":\"model-of-a-mock\",\"system_fingerprint\":\"fp_de604bd877\","
			+ "\"choices\":[{\"index\":0,\"%s\":{%s},\"logprobs\":null,\"finish_reason\":%s}]";

	private static final ByteBuf ANSWER = bytes("{"
			+ FRAME.formatted("", "message",
					"\"role\":\"assistant\",\"content\":\"" + "twenty characters .\\n".repeat(25) + "\"", "\"stop\"")
			+ ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":99,\"total_tokens\":108}}");

	private static final ByteBuf FIRST = chunk("\"role\":\"assistant\",\"content\":\"\"", "null");

	private static final ByteBuf MORE = chunk("\"content\":\"twenty characters .\\n\"", "null");

	private static final ByteBuf LAST = chunk("", "\"stop\"");

	private static final ByteBuf DONE = bytes("data: [DONE]\n\n");

	private MockProvider() {
	}

	/**
	 * Serves until its standard input ends, and prints its port.
	 * @param args not used
	 * @throws Exception if it cannot listen
	 */
	public static void main(String[] args) throws Exception {
		NioEventLoopGroup loops = new NioEventLoopGroup(1);
		Channel channel = new ServerBootstrap().group(loops)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Answers());
				}

			})
			.bind("127.0.0.1", 0)
			.sync()
			.channel();
		System.out.println(((java.net.InetSocketAddress) channel.localAddress()).getPort());
		awaitEnd();
		loops.shutdownGracefully();
	}

	private static void awaitEnd() throws IOException {
		int input = 0;
		while (input >= 0) {
			input = System.in.read();
		}
	}

	private static ByteBuf chunk(String delta, String finishReason) {
		return bytes("data: {" + FRAME.formatted(".chunk", "delta", delta, finishReason) + "}\n\n");
	}

	private static ByteBuf bytes(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
	}

	private static final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {

		@Override
		protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
			if (request.content().toString(StandardCharsets.UTF_8).contains("\"stream\":true")) {
				HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
				head.headers().set("Content-Type", "text/event-stream").set("Transfer-Encoding", "chunked");
				context.writeAndFlush(head);
				write(context, FIRST);
				stream(context, request.uri().startsWith(SHORT) ? CHUNKS_OF_SHORT : CHUNKS,
						request.uri().startsWith(PACED) ? PACE : 0);
				return;
			}
			DefaultFullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
					ANSWER.duplicate());
			answer.headers().set("Content-Type", "application/json").set("Content-Length", ANSWER.readableBytes());
			context.writeAndFlush(answer);
		}

		/** A chunk at a time, so that streams take turns like those of real models. */
		private static void stream(ChannelHandlerContext context, int left, int pace) {
			if (left > 0) {
				write(context, MORE);
				Runnable next = () -> stream(context, left - 1, pace);
				if (pace > 0) {
					context.executor().schedule(next, pace, TimeUnit.MILLISECONDS);
				}
				else {
					context.executor().execute(next);
				}
				return;
			}
			write(context, LAST);
			write(context, DONE);
			context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
		}

		private static void write(ChannelHandlerContext context, ByteBuf chunk) {
			context.writeAndFlush(new DefaultHttpContent(chunk.duplicate()));
		}

	}

}
