// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that documents take while they arrive and are read: a quarter of the heap
 * for all of them. A small document needs no room. If there is none for a large one, its
 * call goes on with the next endpoint. Belongs to one response; safe for use by several
 * threads.
 */
final class DocumentRoom {

	/** A smaller document needs no room. */
	static final long SMALL = 1 << 20;

	private static final DocumentRoom.Pool OF_HEAP = new Pool(Runtime.getRuntime().maxMemory() / 4);

	private final Pool pool;

	private long held;

	private boolean closed;

	DocumentRoom() {
		this(OF_HEAP);
	}

	DocumentRoom(Pool pool) {
		this.pool = pool;
	}

	/**
	 * Takes what a document needs by now.
	 * @param bytes its size
	 * @throws IllegalStateException if there is not so much
	 */
	synchronized void hold(long bytes) {
		if (bytes > Math.max(SMALL, this.held) && !this.closed) {
			this.pool.take(bytes - this.held);
			this.held = bytes;
		}
	}

	/** Gives everything back. */
	synchronized void close() {
		this.closed = true;
		this.pool.taken.addAndGet(-this.held);
		this.held = 0;
	}

	/**
	 * Room for several documents.
	 */
	static final class Pool {

		private final long most;

		private final AtomicLong taken = new AtomicLong();

		Pool(long most) {
			this.most = most;
		}

		private void take(long bytes) {
			if (this.taken.addAndGet(bytes) > this.most) {
				this.taken.addAndGet(-bytes);
				throw new IllegalStateException("the answers under way take all the memory that is there for them");
			}
		}

		long taken() {
			return this.taken.get();
		}

	}

}
