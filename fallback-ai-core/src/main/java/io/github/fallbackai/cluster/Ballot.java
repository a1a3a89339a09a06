// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.fallbackai.endpoint.EndpointId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The vote of this instance against one endpoint. Casts it and takes it back one after
 * the other, so that a vote never arrives after its withdrawal. Used through a mailbox.
 */
final class Ballot {

	private final EndpointId id;

	private final Peers peers;

	private final Mailbox mailbox;

	private boolean underWay;

	/**
	 * The command that follows the one under way. It replaces an earlier one, which no
	 * longer matters.
	 */
	private @Nullable Mono<?> next;

	Ballot(EndpointId id, Peers peers, Mailbox mailbox) {
		this.id = id;
		this.peers = peers;
		this.mailbox = mailbox;
	}

	/**
	 * Votes.
	 * @param validity how long the vote counts
	 * @param decided is told whether there are enough votes, through the mailbox
	 */
	void cast(Duration validity, Consumer<Boolean> decided) {
		send(this.peers.vote(this.id, validity).doOnNext((enough) -> this.mailbox.post(() -> decided.accept(enough))));
	}

	/** Takes the vote back; if that fails, it expires. */
	void takeBack() {
		send(this.peers.withdraw(this.id));
	}

	private void send(Mono<?> command) {
		if (this.underWay) {
			this.next = command;
			return;
		}
		this.underWay = true;
		// Failures are counted and logged where the command is sent.
		command.onErrorComplete().subscribe(null, null, () -> this.mailbox.post(this::ended));
	}

	private void ended() {
		Mono<?> following = this.next;
		this.underWay = false;
		this.next = null;
		if (following != null) {
			send(following);
		}
	}

}
