// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * Bytes that arrive in pieces, up to a limit. Grows by doubling and keeps its array when
 * it is emptied.
 */
final class ByteAccumulator {

	private static final int INITIAL_CAPACITY = 512;

	private static final byte[] NOTHING = {};

	private final String what;

	private final long limit;

	private byte[] bytes = NOTHING;

	private int size;

	ByteAccumulator(String what, long limit) {
		this.what = what;
		// An array can hold no more, whatever the limit.
		this.limit = Math.min(limit, Integer.MAX_VALUE - 8);
	}

	void append(byte[] source, int from, int to) {
		int start = grow(to - from);
		System.arraycopy(source, from, this.bytes, start, to - from);
	}

	void append(ByteBuf source) {
		int length = source.readableBytes();
		int start = grow(length);
		source.readBytes(this.bytes, start, length);
	}

	/** Makes room for more, and says where it begins. */
	private int grow(int length) {
		if (length > this.limit - this.size) {
			throw new ResponseTooLargeException(this.what, this.limit);
		}
		if (length > this.bytes.length - this.size) {
			long doubled = Math.max(INITIAL_CAPACITY, 2L * this.bytes.length);
			long capacity = Math.max((long) this.size + length, Math.min(doubled, this.limit));
			this.bytes = Arrays.copyOf(this.bytes, (int) capacity);
		}
		int start = this.size;
		this.size += length;
		return start;
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

	/** The bytes, which are forgotten here. */
	byte[] toByteArray() {
		byte[] all = (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
		this.bytes = NOTHING;
		this.size = 0;
		return all;
	}

}
