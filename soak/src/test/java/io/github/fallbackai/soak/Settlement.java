// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.Spending;
import io.github.fallbackai.test.ProviderSimulator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import reactor.core.Disposable;

/**
 * Finds out whether one application has come to rest, and whether it works as before.
 */
final class Settlement {

	private static final Question QUESTION = new Question(0, Question.Kind.SHORT);

	private final Findings findings;

	private final SoakApplication application;

	private final Providers providers;

	private final String name;

	/** Calls that were made to find something out. */
	private long own;

	Settlement(Findings findings, SoakApplication application, Providers providers) {
		this.findings = findings;
		this.application = application;
		this.providers = providers;
		this.name = application.name() + ": ";
	}

	/** All that began has ended, once, and was counted. */
	void atRest() {
		Tally tally = this.application.tally();
		expect("observations open", 0, () -> tally.open().values().stream().mapToLong(Long::longValue).sum());
		if (!tally.open().isEmpty()) {
			this.findings.add(this.name + "open " + tally.open() + ": " + tally.openDetails());
		}
		for (String kind : List.of("calls", "attempts")) {
			long begun = tally.of(kind + " begun");
			expect(kind + " ended", begun, () -> tally.of(kind + " ended"));
			expect(kind + " told to listeners", begun, () -> tally.of(kind + " told"));
			expect(kind + " counted by meters", begun, () -> counted("fallback.ai." + kind));
		}
		expect("ended twice", 0, tally::foundCount);
		tally.findings().forEach((finding) -> this.findings.add(this.name + finding));
		expect("timers of tasks under way", 0,
				() -> meters().getMeters()
					.stream()
					.filter(LongTaskTimer.class::isInstance)
					.mapToLong((timer) -> ((LongTaskTimer) timer).activeTasks())
					.sum());
		expect("requests that wait for connections", 0,
				() -> meters().find("fallback.ai.connections.pending")
					.gauges()
					.stream()
					.mapToLong((gauge) -> (long) gauge.value())
					.sum());
		expect("endpoints with reserved money", 0,
				() -> status().stream()
					.map(EndpointStatus::spending)
					.filter((spending) -> spending != null && isReserved(spending))
					.count());
		expect("connections to the gateway", 0, this.application::gatewayConnections);
		expect("bytes in buffers", 0, this.application::bytesInBuffers);
		expect("state store reachable", 1, () -> this.application.storeReachable() ? 1 : 0);
	}

	/**
	 * The application knows of all calls that the soak made, and of no others.
	 * @param direct how many calls the soak made of the template
	 */
	void knowsEachCall(long direct) {
		expect("direct calls known", direct + this.own, () -> this.application.tally().of("direct calls begun"));
	}

	/** Each endpoint is closed, allowed and answers. */
	void servesAgain() {
		List<String> names = new ArrayList<>(
				List.of(Providers.SICK, Providers.NARROW, Providers.WIDE, Providers.HEALTHY));
		names.addAll(Providers.FRAIL);
		for (String endpoint : names) {
			AtomicReference<String> obstacle = new AtomicReference<>("");
			expect(endpoint + " answers again", 1, () -> answers(endpoint, obstacle) ? 1 : 0);
			if (!obstacle.get().isEmpty()) {
				this.findings.add(this.name + endpoint + " does not answer again: " + obstacle);
			}
		}
	}

	private boolean answers(String endpoint, AtomicReference<String> obstacle) {
		this.own++;
		try {
			String text = this.application.template()
				.chain("only-" + endpoint)
				.chat(QUESTION.prompt())
				.block(SoakProperties.PATIENCE)
				.text();
			EndpointStatus status = this.application.template().status().endpoint(endpoint).orElseThrow();
			boolean well = text.equals(QUESTION.answer()) && status.available()
					&& status.circuitBreaker().equals("CLOSED");
			obstacle.set(well ? "" : text + ' ' + status);
		}
		catch (RuntimeException ex) {
			obstacle.set(ex.toString());
		}
		return obstacle.get().isEmpty();
	}

	/** Each endpoint that takes few calls at a time takes as many as in the beginning. */
	void givesAllPlaces() {
		for (String endpoint : List.of(Providers.NARROW, Providers.WIDE)) {
			int places = endpoint.equals(Providers.NARROW) ? SoakProperties.NARROW_PLACES : SoakProperties.WIDE_PLACES;
			held(endpoint, Load.INTERACTIVE, places);
			held(endpoint, Load.BATCH, places / 2);
		}
	}

	private void held(String endpoint, Load load, int places) {
		ProviderSimulator provider = this.providers.get(endpoint);
		provider.freeze();
		int before = provider.requestCount();
		ChatRequest request = ChatRequest.builder()
			.user(QUESTION.prompt())
			.options(ChatOptions.builder().chain("only-" + endpoint).load(load).build())
			.build();
		List<Disposable> calls = new ArrayList<>();
		for (int call = 0; call < places + 1; call++) {
			this.own++;
			calls.add(this.application.template().chat(request).onErrorComplete().subscribe());
		}
		expect("places for " + load + " calls at " + endpoint, places, () -> provider.requestCount() - before);
		calls.forEach(Disposable::dispose);
		provider.thaw();
	}

	/** The gateway's clients may do what they might in the beginning. */
	void admitsClients(GatewayCalls gateway) {
		ProviderSimulator provider = this.providers.get(Providers.HEALTHY);
		provider.freeze();
		expect("calls that the limited client may have", SoakProperties.LIMITED_CALLS,
				() -> admitted(gateway, provider));
		provider.thaw();
		// As large as all that a client may take, so that a byte that is missing shows.
		int largest = (int) (Runtime.getRuntime().maxMemory() / 16) - 1;
		AtomicReference<String> refusal = new AtomicReference<>();
		expect("room for the largest request", 1, () -> {
			refusal.set(gateway.refusalOf(largest));
			return refusal.get().startsWith("400") ? 1 : 0;
		});
		if (!refusal.get().startsWith("400")) {
			this.findings.add(this.name + "the largest request got " + refusal);
		}
	}

	/**
	 * Asks for one call more than there may be. The other instance's last calls may still
	 * count for a second.
	 */
	private int admitted(GatewayCalls gateway, ProviderSimulator provider) {
		int before = provider.requestCount();
		AtomicInteger refused = new AtomicInteger();
		List<Disposable> calls = new ArrayList<>();
		for (int call = 0; call < SoakProperties.LIMITED_CALLS + 1; call++) {
			calls.add(gateway.ask(SoakProperties.LIMITED_KEY, "only-" + Providers.HEALTHY, QUESTION)
				.doOnError((error) -> refused.incrementAndGet())
				.onErrorComplete()
				.subscribe());
		}
		Awaitility.await()
			.atMost(SoakProperties.PATIENCE)
			.until(() -> refused.get() + provider.requestCount() - before >= calls.size());
		calls.forEach(Disposable::dispose);
		return provider.requestCount() - before;
	}

	private long counted(String meter) {
		return Math.round(meters().find(meter).counters().stream().mapToDouble(Counter::count).sum());
	}

	private MeterRegistry meters() {
		return this.application.meters();
	}

	private List<EndpointStatus> status() {
		return this.application.template().status().endpoints();
	}

	private static boolean isReserved(Spending spending) {
		return spending.reserved().compareTo(BigDecimal.ZERO) != 0;
	}

	private void expect(String what, long expected, LongSupplier found) {
		this.findings.expect(this.name + what, expected, found);
	}

}
