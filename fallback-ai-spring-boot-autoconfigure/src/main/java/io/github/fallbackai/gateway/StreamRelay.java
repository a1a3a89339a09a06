// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.concurrent.atomic.AtomicReference;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.relay.Relay;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Relays the streams of operations that the application made itself. These do not tell
 * which of two racing endpoints an event comes from, so the relay names the one that
 * started last.
 */
final class StreamRelay implements Relay {

	private final AiFallbackOperations operations;

	private StreamRelay(AiFallbackOperations operations) {
		this.operations = operations;
	}

	/** The relay of the given operations; their own if they have one. */
	static Relay of(AiFallbackOperations operations) {
		return (operations instanceof Relay relay) ? relay : new StreamRelay(operations);
	}

	@Override
	public Flux<RelayedEvent> relay(ChatRequest request) {
		return Flux.defer(() -> {
			AtomicReference<RelayedEvent> latest = new AtomicReference<>();
			return this.operations.stream(request).map((event) -> {
				RelayedEvent relayed = after(latest.get(), event);
				latest.set(relayed);
				return relayed;
			});
		});
	}

	private static RelayedEvent after(@Nullable RelayedEvent before, ChatEvent event) {
		if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
			throw new RejectedRequestException(
					GatewayError.server(502, "stream_interrupted", "The answer broke off and cannot begin again."));
		}
		if (event instanceof ChatEvent.AttemptStarted started) {
			return new RelayedEvent(event, started.endpoint(), started.model(), false);
		}
		if (event instanceof ChatEvent.Completed completed) {
			return new RelayedEvent(event, completed.response().endpoint(), completed.response().model(), false);
		}
		return (before != null) ? new RelayedEvent(event, before.endpoint(), before.model(), false)
				: new RelayedEvent(event, null, null, false);
	}

}
