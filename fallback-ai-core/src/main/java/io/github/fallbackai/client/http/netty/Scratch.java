// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * An array for each thread, into which bytes outside the heap are copied. That is faster
 * than reading each byte from a buffer.
 */
final class Scratch {

	private static final int SIZE = 16 << 10;

	private static final FastThreadLocal<byte[]> FREE = new FastThreadLocal<>();

	private Scratch() {
	}

	/**
	 * Takes the thread's array, or a new one if it is in use. Code that gets an event may
	 * read from another connection before it returns.
	 */
	static byte[] take() {
		byte[] free = FREE.getIfExists();
		if (free == null) {
			return new byte[SIZE];
		}
		FREE.set(null);
		return free;
	}

	/** Gives the array back. */
	static void giveBack(byte[] array) {
		FREE.set(array);
	}

}
