// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.Room;
import io.github.fallbackai.gateway.intake.Seat;

/**
 * A request that was let in: it counts as a call of its client, and takes memory, until
 * it is closed.
 *
 * @param client the client
 * @param seat the memory that the request takes
 * @param end ends the call
 */
record Admission(GatewayClient client, Seat seat, Runnable end) implements AutoCloseable {

	/**
	 * Lets a request in, before anything of it is read.
	 * @throws RejectedRequestException if its client has too much under way already
	 */
	static Admission of(ClientAccount account, Room room) {
		Runnable end = account.admit();
		return new Admission(account.client(), room.seat(account.client().name()), end);
	}

	@Override
	public void close() {
		this.seat.close();
		this.end.run();
	}

}
