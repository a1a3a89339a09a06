package io.github.fallbackai.breaker;

import io.github.fallbackai.event.FailoverEvent;
import org.jspecify.annotations.Nullable;

/**
 * Puts into an event where it happened first.
 */
final class Origins {

	private Origins() {
	}

	static FailoverEvent of(FailoverEvent event, @Nullable String origin) {
		if (event instanceof FailoverEvent.EndpointOpened opened) {
			return new FailoverEvent.EndpointOpened(opened.endpoint(), opened.cause(), opened.openFor(), origin);
		}
		if (event instanceof FailoverEvent.EndpointClosed closed) {
			return new FailoverEvent.EndpointClosed(closed.endpoint(), origin);
		}
		return event;
	}

}
