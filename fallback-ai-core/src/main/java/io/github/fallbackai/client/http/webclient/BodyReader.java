package io.github.fallbackai.client.http.webclient;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Copies a body out of its data buffers, releases them, and counts. Belongs to one
 * response.
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
	void read(DataBuffer buffer, Sink sink) {
		try {
			this.total += buffer.readableByteCount();
			if (this.total > this.limit) {
				throw new ResponseTooLargeException("body", this.limit);
			}
			int length = Math.min(buffer.readableByteCount(), SLICE);
			while (length > 0) {
				buffer.read(this.slice, 0, length);
				sink.accept(this.slice, length);
				length = Math.min(buffer.readableByteCount(), SLICE);
			}
		}
		finally {
			DataBufferUtils.release(buffer);
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
