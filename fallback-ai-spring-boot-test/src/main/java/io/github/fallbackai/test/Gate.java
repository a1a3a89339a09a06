// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Holds back all signals while it is shut. Thread-safe.
 */
final class Gate {

	private volatile Sinks.Empty<Void> opening = Sinks.empty();

	private boolean shut;

	Gate() {
		this.opening.tryEmitEmpty();
	}

	synchronized void shut() {
		if (!this.shut) {
			this.shut = true;
			this.opening = Sinks.empty();
		}
	}

	synchronized void open() {
		this.shut = false;
		this.opening.tryEmitEmpty();
	}

	/**
	 * Completes as soon as the gate is open.
	 */
	Mono<Void> pass() {
		return Mono.defer(() -> this.opening.asMono());
	}

}
