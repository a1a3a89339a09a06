// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.failure.Failure;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Lets one answer break off after some text, or before it says that it is complete.
 * Belongs to one subscription.
 */
final class DrilledAnswer {

	private final Failure failure;

	private int left;

	/**
	 * Prepares an answer.
	 * @param characters how much text comes before the cut
	 * @param failure how it breaks off
	 */
	DrilledAnswer(int characters, Failure failure) {
		this.left = characters;
		this.failure = failure;
	}

	Flux<EndpointEvent> cut(Flux<EndpointEvent> answer) {
		return answer.handle(this::pass);
	}

	private void pass(EndpointEvent event, SynchronousSink<EndpointEvent> sink) {
		if (event instanceof EndpointEvent.Text text && text.text().length() >= this.left) {
			String beginning = text.text().substring(0, boundary(text.text()));
			if (!beginning.isEmpty()) {
				sink.next(new EndpointEvent.Text(beginning));
			}
			sink.error(new EndpointException(this.failure));
			return;
		}
		if (event instanceof EndpointEvent.Finished) {
			sink.error(new EndpointException(this.failure));
			return;
		}
		if (event instanceof EndpointEvent.Text text) {
			this.left -= text.text().length();
		}
		sink.next(event);
	}

	/** Half a character would be no text. */
	private int boundary(String text) {
		return (this.left > 0 && Character.isHighSurrogate(text.charAt(this.left - 1))) ? this.left - 1 : this.left;
	}

}
