// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.nio.channels.ClosedChannelException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Cuts a connection after an exact number of bytes. It is the handler next to the socket,
 * so that status line, headers and chunk sizes count too.
 */
final class ByteLimit extends ChannelOutboundHandlerAdapter {

	private long left = Long.MAX_VALUE;

	private boolean reset;

	private boolean reached;

	/**
	 * Sets the limit for the next response; to be called on the connection's event loop.
	 */
	void set(long bytes, boolean reset) {
		this.left = bytes;
		this.reset = reset;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (this.left == Long.MAX_VALUE || !(message instanceof ByteBuf bytes)) {
			super.write(context, message, promise);
			return;
		}
		if (bytes.readableBytes() < this.left) {
			this.left -= bytes.readableBytes();
			super.write(context, message, promise);
			return;
		}
		if (!this.reached) {
			this.reached = true;
			context.writeAndFlush(bytes.readRetainedSlice((int) this.left))
				.addListener((ChannelFutureListener) (sent) -> Disconnection.close(sent.channel(), this.reset));
			this.left = 0;
		}
		bytes.release();
		// Not before, so that code that sees the failure finds the connection closed by
		// us.
		context.channel().closeFuture().addListener((closed) -> promise.tryFailure(new ClosedChannelException()));
	}

}
