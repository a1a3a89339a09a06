package io.github.fallbackai.client.http.netty;

import io.netty.buffer.ByteBuf;

/**
 * Copies a body out of its buffers, releases them, and counts. Belongs to one response.
 */
final class BodyReader {

	private static final int SLICE = 8192;

	private final byte[] slice = new byte[SLICE];

	private final long limit;

	private long total;

	/**
	 * Creates a reader.
	 * @param limit most bytes of the whole body
	 */
	BodyReader(long limit) {
		this.limit = limit;
	}

	/**
	 * Copies and releases one buffer.
	 * @param buffer the buffer, released in any case
	 * @param sink receives its content slice by slice
	 * @throws ResponseTooLargeException if the body exceeds the limit
	 */
	void read(ByteBuf buffer, Sink sink) {
		try {
			this.total += buffer.readableBytes();
			if (this.total > this.limit) {
				throw new ResponseTooLargeException("body", this.limit);
			}
			int length = Math.min(buffer.readableBytes(), SLICE);
			while (length > 0) {
				buffer.readBytes(this.slice, 0, length);
				sink.accept(this.slice, length);
				length = Math.min(buffer.readableBytes(), SLICE);
			}
		}
		finally {
			buffer.release();
		}
	}

	/**
	 * Takes in a slice.
	 */
	@FunctionalInterface
	interface Sink {

		void accept(byte[] bytes, int length);

	}

}
