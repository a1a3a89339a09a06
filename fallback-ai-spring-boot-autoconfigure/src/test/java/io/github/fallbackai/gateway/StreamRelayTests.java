// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.relay.RelayedEvent;
import io.github.fallbackai.status.FallbackStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * The gateway works with operations that an application made itself.
 */
class StreamRelayTests {

	private static final ChatEvent STARTED = new ChatEvent.AttemptStarted(1, "a", "small");

	@Test
	void namesTheEndpointThatWasAskedLast() {
		ChatEvent text = new ChatEvent.ContentDelta("Hi");
		StepVerifier.create(relayed(STARTED, text))
			.expectNext(new RelayedEvent(STARTED, "a", "small", false), new RelayedEvent(text, "a", "small", false))
			.verifyComplete();
	}

	@Test
	void takesNothingBack() {
		ChatEvent restart = new ChatEvent.EndpointSwitched("a", "b", "large", FailureKind.CONNECTION_LOST, true);
		StepVerifier.create(relayed(STARTED, restart)).expectNextCount(1).verifyError(RejectedRequestException.class);
	}

	private static Flux<RelayedEvent> relayed(ChatEvent... events) {
		return StreamRelay.of(new OwnOperations(List.of(events))).relay(ChatRequest.of("hello"));
	}

	/** Operations that only stream. */
	private record OwnOperations(List<ChatEvent> events) implements AiFallbackOperations {

		@Override
		public Mono<ChatResponse> chat(ChatRequest request) {
			return Mono.empty();
		}

		@Override
		public Flux<String> streamText(ChatRequest request) {
			return Flux.empty();
		}

		@Override
		public Flux<ChatEvent> stream(ChatRequest request) {
			return Flux.fromIterable(this.events);
		}

		@Override
		public AiFallbackOperations chain(String name) {
			return this;
		}

		@Override
		public FallbackStatus status() {
			throw new UnsupportedOperationException();
		}

	}

}
