// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.gateway.intake.RefusedBodyException.Reason;

/**
 * The memory that there is for requests under way: a quarter of the heap for all, three
 * quarters of that for one client. Safe for use by several threads.
 */
public final class Room {

	private final long most;

	private final long mostOfAClient;

	private final AtomicLong taken = new AtomicLong();

	private final Map<String, AtomicLong> takenByClients = new ConcurrentHashMap<>();

	Room(long most) {
		this.most = most;
		this.mostOfAClient = most / 4 * 3;
	}

	/** The room that this process has. */
	public static Room ofHeap() {
		return new Room(Runtime.getRuntime().maxMemory() / 4);
	}

	/** Most bytes of a request that can be answered. */
	public long largest() {
		return this.mostOfAClient / Seat.COPIES;
	}

	/**
	 * A seat for a request, which takes nothing yet.
	 * @param client name of the client
	 */
	public Seat seat(String client) {
		return new Seat(this, this.takenByClients.computeIfAbsent(client, (name) -> new AtomicLong()));
	}

	/** Bytes that are taken at present. */
	long taken() {
		return this.taken.get();
	}

	void take(AtomicLong client, long bytes) {
		if (client.addAndGet(bytes) > this.mostOfAClient) {
			client.addAndGet(-bytes);
			throw new RefusedBodyException(Reason.CLIENT_FULL,
					"This client's requests under way take all the memory that is there for it.");
		}
		if (this.taken.addAndGet(bytes) > this.most) {
			giveBack(client, bytes);
			throw new RefusedBodyException(Reason.FULL,
					"The requests under way take all the memory that is there for them.");
		}
	}

	void giveBack(AtomicLong client, long bytes) {
		client.addAndGet(-bytes);
		this.taken.addAndGet(-bytes);
	}

}
