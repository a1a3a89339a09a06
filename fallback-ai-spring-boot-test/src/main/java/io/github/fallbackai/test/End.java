// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the server does once the frames of a reply are sent.
 */
@FunctionalInterface
interface End {

	/** Ends the response as HTTP has it. */
	End COMPLETE = (output, reset) -> Mono.empty();

	/** Ends the response as HTTP requires and closes the connection. */
	End CLOSE = (output, reset) -> output.closeWhenComplete();

	/** Waits for the client to give up. */
	End HANG = (output, reset) -> output.hang();

	/** Closes the connection. */
	End CUT = (output, reset) -> output.cut(reset);

	/**
	 * Completes when the response should end as HTTP requires.
	 */
	Mono<Void> on(Output output, boolean reset);

	/**
	 * Sends the same text again and again.
	 */
	static End repeat(String text, Duration interval) {
		Step step = Step.of(interval, text);
		return (output, reset) -> output.hang(Flux.just(step).repeat());
	}

}
