package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that arrive in pieces, up to a limit. Grows by doubling and keeps its array when
 * it is emptied.
 */
final class ByteAccumulator {

	private static final int INITIAL_CAPACITY = 512;

	private final String what;

	private final long limit;

	private byte[] bytes = new byte[0];

	private int size;

	ByteAccumulator(String what, long limit) {
		this.what = what;
		// An array can hold no more, whatever the limit.
		this.limit = Math.min(limit, Integer.MAX_VALUE - 8);
	}

	void append(byte[] source, int from, int to) {
		int length = to - from;
		if (length > this.limit - this.size) {
			throw new ResponseTooLargeException(this.what, this.limit);
		}
		if (length > this.bytes.length - this.size) {
			long doubled = Math.max(INITIAL_CAPACITY, 2L * this.bytes.length);
			long capacity = Math.max((long) this.size + length, Math.min(doubled, this.limit));
			this.bytes = Arrays.copyOf(this.bytes, (int) capacity);
		}
		System.arraycopy(source, from, this.bytes, this.size, length);
		this.size += length;
	}

	/** The array that holds the bytes, longer than them. */
	byte[] array() {
		return this.bytes;
	}

	int size() {
		return this.size;
	}

	void clear() {
		this.size = 0;
	}

	byte[] toByteArray() {
		return Arrays.copyOf(this.bytes, this.size);
	}

	/** The bytes as UTF-8, malformed sequences replaced. */
	String text() {
		return new String(this.bytes, 0, this.size, StandardCharsets.UTF_8);
	}

}
