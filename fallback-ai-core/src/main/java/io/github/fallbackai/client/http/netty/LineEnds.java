// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where lines end, eight bytes at a time.
 */
final class LineEnds {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long EVERY_LOW_BIT = 0x0101010101010101L;

	private static final long EVERY_HIGH_BIT = 0x8080808080808080L;

	private static final long LINE_FEEDS = EVERY_LOW_BIT * '\n';

	private static final long CARRIAGE_RETURNS = EVERY_LOW_BIT * '\r';

	private LineEnds() {
	}

	/**
	 * Index of the first line feed or carriage return, or {@code to} if there is none.
	 */
	static int next(byte[] bytes, int from, int to) {
		int i = from;
		for (; i + Long.BYTES <= to; i += Long.BYTES) {
			long word = (long) LONGS.get(bytes, i);
			long ends = zeroBytes(word ^ LINE_FEEDS) | zeroBytes(word ^ CARRIAGE_RETURNS);
			if (ends != 0) {
				return i + (Long.numberOfTrailingZeros(ends) >> 3);
			}
		}
		while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
			i++;
		}
		return i;
	}

	/**
	 * Sets the high bit of each byte that is zero. Above the lowest such byte, bits may
	 * be wrong.
	 */
	private static long zeroBytes(long word) {
		return (word - EVERY_LOW_BIT) & ~word & EVERY_HIGH_BIT;
	}

}
