// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.CorrectionBudget;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.status.EndpointStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that one endpoint cannot serve takes that endpoint from no other request, and
 * an endpoint that serves none is noticed.
 */
class OddRequestTests {

	private static final ChatRequest IMAGE = ChatRequest.builder()
		.message(new UserMessage(List.of(new ImagePart(URI.create("https://example.org/a.png")))))
		.build();

	private final Scenario scenario = new Scenario();

	@Test
	void isNotSentAgainWhereItWasRefusedForWhatItNeeds() {
		this.scenario.endpoint("a").fails(noImages()).answers("text");
		this.scenario.endpoint("b").answers("image").answers("image");
		assertThat(endpoint(IMAGE)).isEqualTo("b");
		assertThat(endpoint(ChatRequest.of("hello"))).isEqualTo("a");
		assertThat(endpoint(IMAGE)).isEqualTo("b");
		assertThat(this.scenario.log).filteredOn("a called"::equals).hasSize(2);
		assertThat(skips()).hasSize(1).allSatisfy((skip) -> {
			assertThat(skip.endpoint()).isEqualTo("a");
			assertThat(skip.reason()).isEqualTo(SkipReason.NEED_UNMET);
			assertThat(skip.need()).isEqualTo(Need.IMAGES);
			assertThat(skip.describe()).contains("NEED_UNMET (IMAGES) for ");
		});
		assertThat(status("a").unmetNeeds()).containsExactly(Need.IMAGES);
		assertThat(status("a").available()).isTrue();
	}

	@Test
	void isSentThereAgainWhenNoOtherEndpointIsLeft() {
		this.scenario.endpoint("a").fails(noImages()).answers("image after all");
		assertThat(this.scenario.call(IMAGE, Delivery.WHOLE).error).isInstanceOf(RequestRefusedException.class);
		assertThat(endpoint(IMAGE)).isEqualTo("a");
		assertThat(status("a").unmetNeeds()).isEmpty();
	}

	@Test
	void anEndpointThatRefusesEverybodyIsNoticedOnce() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		ScriptedEndpoint b = this.scenario.endpoint("b");
		for (int call = 0; call < 20; call++) {
			a.fails(Failure.of(FailureKind.REFUSED_UNEXPLAINED).httpStatus(400));
			b.answers("Hi");
		}
		for (int call = 0; call < 20; call++) {
			assertThat(endpoint(ChatRequest.of("hello"))).isEqualTo("b");
		}
		assertThat(events(FailoverEvent.EndpointRefusing.class))
			.containsExactly(new FailoverEvent.EndpointRefusing("a", FailureKind.REFUSED_UNEXPLAINED));
		assertThat(status("a").refusing()).isTrue();
		assertThat(status("b").refusing()).isFalse();
		a.answers("Hello");
		assertThat(endpoint(ChatRequest.of("hello"))).isEqualTo("a");
		assertThat(status("a").refusing()).isFalse();
		assertThat(events(FailoverEvent.EndpointAccepting.class))
			.containsExactly(new FailoverEvent.EndpointAccepting("a"));
	}

	@Test
	void anEndpointIsNoticedThatRefusesManyDifferentRequestsAndHasNoneBesideIt() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		for (int call = 0; call < 20; call++) {
			a.fails(FailureKind.INVALID_REQUEST);
			this.scenario.call(ChatRequest.of("hello " + call), Delivery.WHOLE);
		}
		assertThat(events(FailoverEvent.EndpointRefusing.class)).hasSize(1);
	}

	@Test
	void oneWrongRequestIsNoFaultOfTheEndpoint() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		for (int call = 0; call < 20; call++) {
			a.fails(FailureKind.INVALID_REQUEST);
			this.scenario.ask();
		}
		assertThat(events(FailoverEvent.EndpointRefusing.class)).isEmpty();
	}

	@Test
	void recordsTheCorrectionsAndAllowsTwoInACall() {
		EndpointEvent corrected = new EndpointEvent.Corrected("without temperature");
		ScriptedEndpoint a = this.scenario.endpoint("a")
			.emits(Flux.just(corrected).concatWith(ScriptedEndpoint.failure(FailureKind.OVERLOADED)));
		ScriptedEndpoint b = this.scenario.endpoint("b")
			.emits(Flux.just(corrected).concatWith(ScriptedEndpoint.texts("Hi")).concatWith(ScriptedEndpoint.finish()));
		assertThat(this.scenario.ask().result().response().attempts()).extracting(Attempt::corrections)
			.containsExactly(List.of("without temperature"), List.of("without temperature"));
		CorrectionBudget budget = a.requests.get(0).corrections();
		assertThat(b.requests).extracting(EndpointRequest::corrections).containsExactly(budget);
		assertThat(List.of(budget.tryTake(), budget.tryTake(), budget.tryTake())).containsExactly(true, true, false);
	}

	@Test
	void anAnswerInOnePieceMayTakeLongerThanTheFirstContentOfAStream() {
		EndpointEvent inOnePiece = new EndpointEvent.InOnePiece();
		this.scenario.endpoint("a")
			.emits(Flux.just(inOnePiece)
				.concatWith(Mono.delay(Duration.ofSeconds(70), this.scenario.time).thenMany(Flux.empty()))
				.concatWith(ScriptedEndpoint.texts("Hi"))
				.concatWith(ScriptedEndpoint.finish()));
		this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(71));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	private static Failure.Builder noImages() {
		return Failure.of(FailureKind.UNSUPPORTED).need(Need.IMAGES);
	}

	private String endpoint(ChatRequest request) {
		return this.scenario.call(request, Delivery.WHOLE).result().response().endpoint();
	}

	private EndpointStatus status(String endpoint) {
		return this.scenario.engine().status(null).endpoint(endpoint).orElseThrow();
	}

	private List<Skip> skips() {
		return events(FailoverEvent.Skipped.class).stream().map(FailoverEvent.Skipped::skip).toList();
	}

	private <T extends FailoverEvent> List<T> events(Class<T> type) {
		return this.scenario.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

}
