// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.FailoverEvent;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes events as application events, for {@code @EventListener} methods with a
 * parameter such as {@link FailoverEvent.Switched}. They are called off the call path.
 */
final class EventPublishingListener implements CallListener {

	private final ApplicationEventPublisher publisher;

	EventPublishingListener(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onEvent(FailoverEvent event) {
		this.publisher.publishEvent(event);
	}

}
