// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The bytes of a body on the heap, in blocks, however small the pieces are in which they
 * came. They can be read once: what was read is forgotten. Belongs to one thread at a
 * time.
 */
public final class Body {

	private static final int SMALLEST_BLOCK = 1024;

	/**
	 * With its header it just fits into a region of G1, which therefore does not move it.
	 */
	private static final int LARGEST_BLOCK = 1024 * 1024 - 64;

	private static final byte[] NO_BLOCK = {};

	private final Deque<byte[]> blocks = new ArrayDeque<>();

	private byte[] last = NO_BLOCK;

	private int used;

	private int size;

	Body() {
	}

	/** Number of bytes. */
	public int size() {
		return this.size;
	}

	/** The bytes. */
	public InputStream open() {
		return new Input();
	}

	void add(DataBuffer buffer, Seat seat, JsonScan scan) {
		while (buffer.readableByteCount() > 0) {
			if (this.used == this.last.length) {
				append(seat);
			}
			int count = Math.min(buffer.readableByteCount(), this.last.length - this.used);
			buffer.read(this.last, this.used, count);
			scan.accept(this.last, this.used, this.used + count);
			this.used += count;
			this.size += count;
		}
	}

	private void append(Seat seat) {
		int length = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, this.last.length * 2));
		seat.take(length);
		this.last = new byte[length];
		this.used = 0;
		this.blocks.add(this.last);
	}

	/** Forgets all bytes. */
	void clear() {
		this.blocks.clear();
		this.last = NO_BLOCK;
		this.used = 0;
	}

	private final class Input extends InputStream {

		private int position;

		private int left = Body.this.size;

		@Override
		public int available() {
			return this.left;
		}

		@Override
		public int read() {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			byte[] block = Body.this.blocks.peek();
			if (block == null) {
				return -1;
			}
			int end = (block == Body.this.last) ? Body.this.used : block.length;
			int count = Math.min(length, end - this.position);
			System.arraycopy(block, this.position, target, offset, count);
			this.position += count;
			this.left -= count;
			if (this.position == end) {
				Body.this.blocks.remove();
				this.position = 0;
			}
			return count;
		}

	}

}
