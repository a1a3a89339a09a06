// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.resume;

import java.util.function.BiConsumer;

import io.github.fallbackai.client.EndpointEvent;
import reactor.core.publisher.SynchronousSink;

/**
 * Drops the white space at the beginning of a prefilled answer if the caller has it
 * already. It could not be sent as part of the prefill. Used by one signal at a time.
 */
final class RepeatedSpace implements BiConsumer<EndpointEvent, SynchronousSink<EndpointEvent>> {

	private final String space;

	private int dropped;

	RepeatedSpace(String space) {
		this.space = space;
	}

	@Override
	public void accept(EndpointEvent event, SynchronousSink<EndpointEvent> sink) {
		if (!(event instanceof EndpointEvent.Text more) || this.dropped == this.space.length()) {
			sink.next(event);
			return;
		}
		String rest = drop(more.text());
		if (!rest.isEmpty()) {
			sink.next(new EndpointEvent.Text(rest));
		}
	}

	private String drop(String text) {
		int index = 0;
		while (index < text.length() && this.dropped < this.space.length()
				&& text.charAt(index) == this.space.charAt(this.dropped)) {
			index++;
			this.dropped++;
		}
		if (index < text.length()) {
			this.dropped = this.space.length();
		}
		return text.substring(index);
	}

}
