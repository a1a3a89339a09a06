package io.github.fallbackai.client.http.netty;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * An array of each thread to look at bytes in that are outside the heap: that is faster
 * than asking a buffer for each.
 */
final class Scratch {

	private static final int SIZE = 16 << 10;

	private static final FastThreadLocal<byte[]> FREE = new FastThreadLocal<>();

	private Scratch() {
	}

	/**
	 * Takes the thread's array, or a new one where it is in use: whoever is passed an
	 * event may read from another connection before returning.
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
