// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that one request takes until it is answered. Safe for use by several
 * threads.
 */
public final class Seat implements AutoCloseable {

	/** A request is kept as texts and in the words of its provider. */
	static final int COPIES = 3;

	private final Room room;

	private final AtomicLong client;

	private long bytes;

	private boolean closed;

	Seat(Room room, AtomicLong client) {
		this.room = room;
		this.client = client;
	}

	/**
	 * Takes more.
	 * @param more how many bytes
	 * @throws RefusedBodyException if so much is not there
	 */
	synchronized void take(long more) {
		if (!this.closed) {
			this.room.take(this.client, more);
			this.bytes += more;
		}
	}

	/**
	 * Takes what the call of a request takes.
	 * @param size bytes of the request
	 * @throws RefusedBodyException if so much is not there
	 */
	public synchronized void takeForCall(int size) {
		take(Math.max(0, (long) size * COPIES - this.bytes));
	}

	/**
	 * Takes what a call goes on from.
	 * @param bytes how much memory it takes
	 * @throws RefusedBodyException if so much is not there
	 */
	public synchronized void takeRecalled(long bytes) {
		take(bytes);
	}

	/** Gives all back; there may be more to take afterwards. */
	synchronized void empty() {
		this.room.giveBack(this.client, this.bytes);
		this.bytes = 0;
	}

	/** Gives all back for good. */
	@Override
	public synchronized void close() {
		this.closed = true;
		empty();
	}

}
