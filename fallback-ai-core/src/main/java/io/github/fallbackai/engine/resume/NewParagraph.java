// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.resume;

import java.util.function.BiConsumer;

import io.github.fallbackai.client.EndpointEvent;
import reactor.core.publisher.SynchronousSink;

/**
 * Sets an answer that begins once more apart from the text that the caller has already.
 * Used by one signal at a time.
 */
final class NewParagraph implements BiConsumer<EndpointEvent, SynchronousSink<EndpointEvent>> {

	private static final String PARAGRAPH = "\n\n";

	private boolean begun;

	@Override
	public void accept(EndpointEvent event, SynchronousSink<EndpointEvent> sink) {
		if (!(event instanceof EndpointEvent.Text more) || this.begun) {
			sink.next(event);
			return;
		}
		String text = more.text().stripLeading();
		if (!text.isEmpty()) {
			this.begun = true;
			sink.next(new EndpointEvent.Text(PARAGRAPH + text));
		}
	}

}
