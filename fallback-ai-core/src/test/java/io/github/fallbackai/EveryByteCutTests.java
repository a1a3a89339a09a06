// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.Continuation;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream is cut after every single byte of the response, headers included, and the
 * caller reads the whole answer. One way of going on is tried after every byte, the
 * others after every fifth, or after every byte with
 * {@code -Dfallback-ai.test.every-byte=true}.
 */
@Tag("slow")
class EveryByteCutTests {

	private static final Duration PATIENCE = Duration.ofMinutes(20);

	private static final String PROSE = "Breakers protect callers. The next model answers! So nobody waits.";

	private static final String LAUGHTER = "He laughed: ha ha ha ha ha ha ha and left.";

	private static final int WHOLE_BODY = 1 << 20;

	private static final int OTHERS_STEP = Boolean.getBoolean("fallback-ai.test.every-byte") ? 1 : 5;

	@RegisterExtension
	static final ProviderSimulatorExtension cut = ProviderSimulatorExtension.forEndpoint("cut");

	@RegisterExtension
	static final ProviderSimulatorExtension healthy = ProviderSimulatorExtension.forEndpoint("healthy");

	private String encoding = "gzip";

	@Test
	void goesOnAfterEveryByteWithPrefill() {
		this.encoding = "identity";
		assertWholeAnswerAfterEveryCut(PROSE, Continuation.EXACT, EnumSet.of(Capability.PREFILL), StreamRecovery.RESUME,
				OTHERS_STEP);
	}

	@Test
	void goesOnAfterEveryByteWhenTheLastSentenceIsRepeated() {
		assertWholeAnswerAfterEveryCut(PROSE, Continuation.REPEAT_LAST_SENTENCE, Capability.DEFAULTS,
				StreamRecovery.RESUME, 1);
	}

	@Test
	void goesOnAfterEveryByteWhenTheAnswerStartsFromTheBeginning() {
		assertWholeAnswerAfterEveryCut(PROSE, Continuation.FROM_START, Capability.DEFAULTS, StreamRecovery.RESUME,
				OTHERS_STEP);
	}

	@Test
	void goesOnAfterEveryByteOfALegitimateRepetition() {
		assertWholeAnswerAfterEveryCut(LAUGHTER, Continuation.EXACT, Capability.DEFAULTS, StreamRecovery.RESUME,
				OTHERS_STEP);
	}

	@Test
	void startsAgainAfterEveryByteWhenToldTo() {
		assertWholeAnswerAfterEveryCut(PROSE, Continuation.EXACT, Capability.DEFAULTS, StreamRecovery.RESTART,
				OTHERS_STEP);
	}

	@Test
	void passesAParaphraseOnUnmangled() {
		cut.answers((request) -> PROSE);
		healthy.answers((request) -> PROSE);
		healthy.continuation(Continuation.PARAPHRASE);
		cut.always(Outcome.healthy().cutAfterTokens(5));
		try (AiFallbackTemplate template = template(Capability.DEFAULTS)) {
			List<ChatEvent> events = template.stream(ChatRequest.of("hello")).collectList().block(PATIENCE);
			ChatEvent.Completed completed = (ChatEvent.Completed) events.get(events.size() - 1);
			int delivered = completed.response().segments().get(0).length();
			String text = textAfterLastDiscard(events);
			assertThat(text).startsWith(PROSE.substring(0, delivered));
			assertThat(text.substring(delivered))
				.isEqualTo("Or, to put the remaining part differently: " + PROSE.substring(delivered).strip());
		}
	}

	private void assertWholeAnswerAfterEveryCut(String answer, Continuation continuation, Set<Capability> capabilities,
			StreamRecovery recovery, int step) {
		cut.answers((request) -> answer);
		healthy.answers((request) -> answer);
		healthy.continuation(continuation);
		// In one write: on a busy machine a gap between two tokens could outlast the time
		// for which a beginning may be held back.
		healthy.always(Outcome.healthy().inChunksOf(WHOLE_BODY));
		cut.script((request) -> Outcome.healthy().cutAfterBytes(position(request)));
		int length = lengthOfResponse();
		cut.clear();
		List<Integer> positions = IntStream.range(0, length)
			.filter((position) -> position % step == 0)
			.boxed()
			.toList();
		try (AiFallbackTemplate template = template(capabilities)) {
			Set<Integer> wrong = ConcurrentHashMap.newKeySet();
			Flux.fromIterable(positions).flatMap((position) -> talk(template, position, recovery).doOnNext((text) -> {
				if (!text.equals(answer)) {
					wrong.add(position);
				}
			}).doOnError((error) -> wrong.add(position)).onErrorComplete(), 16).blockLast(PATIENCE);
			assertThat(wrong).as("positions of %d after which the text was not the answer", length).isEmpty();
		}
		assertThat(cut.requests().stream().map(EveryByteCutTests::position).distinct())
			.containsExactlyInAnyOrderElementsOf(positions);
	}

	private static Mono<String> talk(AiFallbackTemplate template, int position, StreamRecovery recovery) {
		return template.stream(request(position, recovery)).collectList().map(EveryByteCutTests::textAfterLastDiscard);
	}

	/** The number of bytes after which a cut comes too late. */
	private int lengthOfResponse() {
		int low = 0;
		int high = 100_000;
		while (low < high) {
			int middle = (low + high) / 2;
			cut.clear();
			try (AiFallbackTemplate template = single()) {
				template.stream(request(middle, StreamRecovery.FAIL)).onErrorComplete().blockLast(PATIENCE);
			}
			// A client that has all that matters may leave before the very last byte.
			if (cut.requests().get(0).awaitEnding(PATIENCE) != Ending.CUT) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

	private AiFallbackTemplate single() {
		return AiFallbackTemplate.builder().endpoint(endpoint(cut, "cut", Capability.DEFAULTS)).build();
	}

	private static ChatRequest request(int position, StreamRecovery recovery) {
		return ChatRequest.builder()
			.user("%06d".formatted(position))
			.options(ChatOptions.DEFAULTS.withStreamRecovery(recovery))
			.build();
	}

	private static int position(RecordedRequest request) {
		return Integer.parseInt(request.lastUserMessage().strip());
	}

	private static String textAfterLastDiscard(List<ChatEvent> events) {
		StringBuilder text = new StringBuilder();
		for (ChatEvent event : events) {
			if (event instanceof ChatEvent.ContentDelta delta) {
				text.append(delta.text());
			}
			else if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
				text.setLength(0);
			}
		}
		return text.toString();
	}

	private AiFallbackTemplate template(Set<Capability> capabilities) {
		Endpoint first = endpoint(cut, "cut", Capability.DEFAULTS);
		Endpoint second = endpoint(healthy, "healthy", capabilities);
		CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
		EndpointGates gates = EndpointGates.builder().endpoints(first, second).circuitBreakers(breakers).build();
		// The endpoint that is cut every time has to be asked every time.
		breakers.circuitBreaker("cut").transitionToDisabledState();
		return AiFallbackTemplate.builder().endpoint(first).endpoint(second).gates(gates).listeners(List.of()).build();
	}

	private Endpoint endpoint(ProviderSimulatorExtension simulator, String name, Set<Capability> capabilities) {
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.capabilities(capabilities)
			.header("Accept-Encoding", this.encoding)
			.limits(new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true))
			.build();
	}

}
