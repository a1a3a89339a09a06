// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import io.github.fallbackai.state.Version;
import reactor.core.publisher.Mono;

/**
 * The right of this instance to probe an endpoint that is open for all instances. Reading
 * is safe from any thread. Everything else runs in the endpoint's mailbox.
 */
interface ProbeRight {

	/** For an instance without others. */
	ProbeRight UNCONDITIONAL = new ProbeRight() {

		@Override
		public boolean permits(long now) {
			return true;
		}

		@Override
		public boolean lapsed(long now) {
			return false;
		}

		@Override
		public void required(Version version, long until, boolean wanted) {
		}

		@Override
		public void notRequired() {
		}

		@Override
		public void wanted(long now) {
		}

		@Override
		public Mono<Void> decision() {
			return Mono.empty();
		}

	};

	/** Whether probes need no right, or this instance has it. */
	boolean permits(long now);

	/** Whether this instance had the right when it began to probe, and has it no more. */
	boolean lapsed(long now);

	/** From now on, probes need the right for this opening. */
	void required(Version version, long until, boolean wanted);

	/** From now on, probes need no right. */
	void notRequired();

	/** A call would ask the endpoint if that were allowed. Safe from any thread. */
	void wanted(long now);

	/** Completes when an outstanding question is answered; at once if there is none. */
	Mono<Void> decision();

}
