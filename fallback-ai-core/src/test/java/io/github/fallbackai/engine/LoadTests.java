// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.ConcurrencySettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints that take few calls at a time, with gates as in production, in virtual time.
 */
class LoadTests {

	private static final Duration ITEM = Duration.ofSeconds(1);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Map<String, AtomicInteger> requests = new LinkedHashMap<>();

	private final AtomicInteger underWay = new AtomicInteger();

	private int most;

	private int rateLimited;

	private Price dearPrice = Price.of("2", "10");

	private final FailoverEngine engine = engine(CallSettings.DEFAULTS);

	@Test
	void anInteractiveCallGoesToTheNextEndpointWhenThereIsNoPlace() {
		List<ChatEvent> answers = new ArrayList<>();
		for (int call = 0; call < 9; call++) {
			call(Load.INTERACTIVE).subscribe(answers::add);
		}
		this.time.advanceTimeBy(ITEM);
		assertThat(this.requests.get("cheap")).hasValue(8);
		assertThat(this.requests.get("dear")).hasValue(1);
		assertThat(answers).filteredOn(ChatEvent.Completed.class::isInstance).hasSize(9);
	}

	@Test
	void saysSoWhenNobodyHasAPlace() {
		FailoverEngine alone = engine(CallSettings.DEFAULTS, "cheap");
		for (int call = 0; call < 8; call++) {
			alone.call(ChatRequest.of("hello"), Delivery.WHOLE).subscribe();
		}
		List<Throwable> errors = new ArrayList<>();
		alone.call(ChatRequest.of("hello"), Delivery.WHOLE).subscribe((event) -> {
		}, errors::add);
		assertThat(errors).singleElement().isInstanceOf(NoEndpointAvailableException.class);
		assertThat(((AiFallbackException) errors.get(0)).skips()).extracting((skip) -> skip.reason())
			.containsExactly(SkipReason.CONCURRENCY_LIMIT);
	}

	@Test
	void whoWaitsGetsThePlaceAsSoonAsItIsFree() {
		FailoverEngine patient = engine(CallSettings.builder().waitWhenUnavailable(true).build(), "cheap");
		List<Long> answered = new ArrayList<>();
		for (int call = 0; call < 20; call++) {
			patient.call(ChatRequest.of("hello"), Delivery.WHOLE)
				.last()
				.subscribe((event) -> answered.add(this.time.now(TimeUnit.MILLISECONDS)));
		}
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(answered).hasSize(20).startsWith(1000L).contains(2000L).endsWith(3000L);
		assertThat(this.most).isEqualTo(8);
	}

	@Test
	void aCallerWhoLeavesPassesItsPlaceOn() {
		FailoverEngine patient = engine(CallSettings.builder().waitWhenUnavailable(true).build(), "cheap");
		List<Disposable> calls = new ArrayList<>();
		AtomicInteger answered = new AtomicInteger();
		for (int call = 0; call < 24; call++) {
			calls.add(patient.call(ChatRequest.of("hello"), Delivery.WHOLE)
				.last()
				.subscribe((event) -> answered.incrementAndGet()));
		}
		calls.subList(0, 16).forEach(Disposable::dispose);
		this.time.advanceTimeBy(ITEM);
		assertThat(answered).hasValue(8);
	}

	@Test
	void aCallerWhoLeavesAsItIsCalledPassesThePlaceOn() {
		FailoverEngine patient = engine(CallSettings.builder().waitWhenUnavailable(true).build(), "cheap");
		List<Disposable> calls = new ArrayList<>();
		AtomicInteger answered = new AtomicInteger();
		for (int call = 0; call < 10; call++) {
			calls.add(patient.call(ChatRequest.of("hello"), Delivery.WHOLE)
				.last()
				.subscribe((event) -> answered.incrementAndGet()));
		}
		// The first that leaves frees a place, for which the ninth is called. It leaves
		// before it looks: what is scheduled within a task runs after it.
		this.time.schedule(() -> {
			calls.get(0).dispose();
			calls.get(8).dispose();
		});
		this.time.advanceTimeBy(ITEM);
		assertThat(this.requests.get("cheap")).hasValue(9);
		assertThat(answered).hasValue(8);
	}

	@Test
	void tenThousandBatchItemsNeitherStarveChatNorSpillToADearerEndpoint() {
		AtomicInteger batch = new AtomicInteger();
		for (int item = 0; item < 10_000; item++) {
			call(Load.BATCH).last().subscribe((event) -> batch.incrementAndGet());
		}
		List<Long> waits = new ArrayList<>();
		for (int second = 0; second < 2600; second++) {
			for (int call = 0; second < 1000 && call < 3; call++) {
				long asked = this.time.now(TimeUnit.MILLISECONDS);
				call(Load.INTERACTIVE).last()
					.subscribe((event) -> waits.add(this.time.now(TimeUnit.MILLISECONDS) - asked - ITEM.toMillis()));
			}
			this.time.advanceTimeBy(ITEM);
		}
		assertThat(batch).hasValue(10_000);
		assertThat(this.requests.get("dear")).hasValue(0);
		assertThat(this.requests.get("cheap")).hasValue(13_000);
		assertThat(waits).hasSize(3000);
		assertThat(waits.stream().sorted().skip(1500).findFirst())
			.hasValueSatisfying((median) -> assertThat(median).isLessThan(ITEM.toMillis()));
	}

	@Test
	void batchItemsGoToAnEndpointThatIsNoDearerWhenTheirsIsBusy() {
		this.dearPrice = Price.of("0.5", "1");
		FailoverEngine both = engine(CallSettings.DEFAULTS);
		for (int item = 0; item < 20; item++) {
			ChatRequest request = ChatRequest.builder()
				.user("hello")
				.options(ChatOptions.builder().load(Load.BATCH).build())
				.build();
			both.call(request, Delivery.WHOLE).subscribe();
		}
		assertThat(this.requests.get("cheap")).hasValue(4);
		assertThat(this.requests.get("dear")).hasValue(4);
	}

	@Test
	void batchItemsWaitForTheEndOfARateLimitInsteadOfPayingMore() {
		this.rateLimited = 1;
		AtomicInteger batch = new AtomicInteger();
		for (int item = 0; item < 20; item++) {
			call(Load.BATCH).last().subscribe((event) -> batch.incrementAndGet());
		}
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(batch).hasValue(0);
		this.time.advanceTimeBy(Duration.ofSeconds(60));
		assertThat(batch).hasValue(20);
		assertThat(this.requests.get("dear")).hasValue(0);
	}

	@Test
	void theTimeABatchItemWaitsDoesNotCountUnlessItSetsItsOwnDeadline() {
		FailoverEngine hurried = engine(CallSettings.builder().deadline(Duration.ofSeconds(5)).build(), "cheap");
		AtomicInteger answered = new AtomicInteger();
		List<Throwable> errors = new ArrayList<>();
		for (int item = 0; item < 40; item++) {
			Duration own = (item < 30) ? null : Duration.ofSeconds(5);
			ChatRequest request = ChatRequest.builder()
				.user("hello")
				.options(ChatOptions.builder().load(Load.BATCH).deadline(own).build())
				.build();
			hurried.call(request, Delivery.WHOLE).last().subscribe((event) -> answered.incrementAndGet(), errors::add);
		}
		this.time.advanceTimeBy(Duration.ofSeconds(15));
		assertThat(answered).hasValue(30);
		assertThat(errors).hasSize(10).hasOnlyElementsOfType(DeadlineExceededException.class);
	}

	private Flux<ChatEvent> call(Load load) {
		ChatRequest request = ChatRequest.builder()
			.user("hello")
			.options(ChatOptions.builder().load(load).waitWhenUnavailable(load == Load.BATCH).build())
			.build();
		return this.engine.call(request, Delivery.WHOLE);
	}

	private FailoverEngine engine(CallSettings settings) {
		return engine(settings, "cheap", "dear");
	}

	private FailoverEngine engine(CallSettings settings, String... names) {
		List<Endpoint> endpoints = List.of(names)
			.stream()
			.map((name) -> Endpoint.named(name)
				.url(URI.create("http://localhost/" + name))
				.model("m")
				.concurrency(new ConcurrencySettings(8, false, 0.5))
				.price(name.equals("dear") ? this.dearPrice : Price.of("1", "5"))
				.build())
			.toList();
		EndpointGates gates = EndpointGates.builder()
			.endpoints(endpoints)
			.clock(() -> this.time.now(TimeUnit.NANOSECONDS))
			.scheduler(this.time)
			.build();
		List<Candidate> candidates = endpoints.stream()
			.map((endpoint) -> new Candidate(endpoint, gates.gate(endpoint), this::exchange, RetrySettings.DEFAULTS))
			.toList();
		endpoints.forEach((endpoint) -> this.requests.put(endpoint.name(), new AtomicInteger()));
		return new FailoverEngine(CandidateChains.of(new CandidateChain("default", candidates, settings)), List.of(),
				this.time, Duration.ofMinutes(2));
	}

	private Flux<EndpointEvent> exchange(EndpointRequest request) {
		this.requests.get(request.endpoint().name()).incrementAndGet();
		if (this.rateLimited > 0) {
			this.rateLimited--;
			return Flux.error(new EndpointException(Failure.of(FailureKind.RATE_LIMITED).build()));
		}
		this.most = Math.max(this.most, this.underWay.incrementAndGet());
		return Mono.delay(ITEM, this.time)
			.doFinally((signal) -> this.underWay.decrementAndGet())
			.thenMany(ScriptedEndpoint.texts("answer").concatWith(ScriptedEndpoint.finish()));
	}

}
