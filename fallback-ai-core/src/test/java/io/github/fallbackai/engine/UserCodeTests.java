// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What applications bring along, in the caller's chain or as an extension, neither keeps
 * calls from their answers nor loses what the caller told.
 */
class UserCodeTests {

	private final Scenario scenario = new Scenario();

	@Test
	void aProbeThatIsHedgedKnowsTheCallersContext() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(Duration.ofSeconds(1), 1)).build());
		List<String> tenants = new CopyOnWriteArrayList<>();
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.probe = true;
		a.emits(Flux.deferContextual((context) -> {
			tenants.add(context.getOrDefault("tenant", "nobody"));
			return ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish());
		}));
		this.scenario.endpoint("b");
		this.scenario.engine()
			.call(ChatRequest.of("hello"), Delivery.EVENTS)
			.contextWrite((context) -> context.put("tenant", "acme"))
			.blockLast();
		assertThat(tenants).containsExactly("acme");
	}

	@Test
	void aClassThatIsMissingInAClientIsAFailureOfThatEndpoint() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>never()
				.takeUntilOther(Mono.delay(Duration.ofSeconds(1), this.scenario.time))
				.concatWith(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)));
		this.scenario.endpoint("b").broken = new NoClassDefFoundError("com/example/Missing");
		this.scenario.endpoint("c").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.result().response().endpoint()).isEqualTo("c");
		assertThat(this.scenario.log).contains("b failed LOCAL, neutral");
	}

	@Test
	void aBrokenTokenEstimatorKeepsNoRequestFromItsAnswer() {
		PricedRequest request = new PricedRequest(ChatRequest.of("hello there"), (chat, endpoint) -> {
			throw new IllegalStateException("broken");
		});
		ScriptedEndpoint a = this.scenario.endpoint("a", (builder) -> builder.price(Price.of("1", "2")));
		assertThat(request.inputTokens(a.endpoint())).isPositive();
	}

	@Test
	void aCallerWhoContinuesOnErrorsGetsNoHalfAnswerForAWholeOne() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(Duration.ofSeconds(1), 1)).build());
		this.scenario.endpoint("a")
			.emits(ScriptedEndpoint.texts("half ").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)));
		this.scenario.endpoint("b").answers("whole");
		List<ChatEvent> events = this.scenario.engine()
			.call(ChatRequest.of("hello"), Delivery.EVENTS)
			.onErrorContinue((error, value) -> {
			})
			.collectList()
			.block();
		assertThat(((ChatEvent.Completed) events.get(events.size() - 1)).response().text()).isEqualTo("half whole");
	}

}
