// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.zip.CRC32;

/**
 * A way to cut bytes into the pieces in which a network may deliver them.
 */
final class Pieces {

	private static final int MOST = 2000;

	private final IntSupplier sizes;

	private Pieces(IntSupplier sizes) {
		this.sizes = sizes;
	}

	static Pieces whole() {
		return new Pieces(() -> Integer.MAX_VALUE);
	}

	static Pieces bytes() {
		return new Pieces(() -> 1);
	}

	/** Random pieces, always the same for the same bytes. */
	static Pieces of(byte[] bytes) {
		CRC32 hash = new CRC32();
		hash.update(bytes);
		Random random = new Random(hash.getValue());
		int longest = 1 + random.nextInt(40);
		return new Pieces(() -> 1 + random.nextInt(longest));
	}

	/** Copies of the pieces. Of many bytes the end is one piece. */
	List<byte[]> cut(byte[] bytes) {
		List<byte[]> pieces = new ArrayList<>();
		for (int from = 0; from < bytes.length;) {
			int size = (pieces.size() < MOST) ? this.sizes.getAsInt() : bytes.length;
			int to = from + Math.min(size, bytes.length - from);
			pieces.add(Arrays.copyOfRange(bytes, from, to));
			from = to;
		}
		return pieces;
	}

}
