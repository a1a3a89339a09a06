// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.ProbeMode;
import io.github.fallbackai.endpoint.ProbeSettings;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.time.VirtualTime;
import io.github.fallbackai.test.wire.ProviderError;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The template without Spring Boot, over real connections.
 */
class AiFallbackTemplateTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Where silence is the point; anywhere else a slow machine is not at fault. */
	private static final Duration FIRST_CONTENT = Duration.ofMillis(1500);

	/** Nothing that opens is over before the end of the test. */
	private static final BreakerSettings LONG_OPENINGS = breaker(Duration.ofHours(1));

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final AiFallbackTemplate template = template(true, PATIENCE, LONG_OPENINGS);

	@AfterEach
	void close() {
		this.template.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void answersFromThePrimary(boolean unaryAsStream) {
		try (AiFallbackTemplate template = template(unaryAsStream, PATIENCE, LONG_OPENINGS)) {
			ChatResponse response = template.chat("What is a breaker?").block(PATIENCE);
			assertThat(response.text()).isEqualTo(primary.answerTo("What is a breaker?"));
			assertThat(response.endpoint()).isEqualTo("primary");
			assertThat(response.model()).isEqualTo("large");
			assertThat(response.degraded()).isFalse();
			assertThat(response.usage()).isNotNull();
			assertThat(primary.requests().get(0).isStream()).isEqualTo(unaryAsStream);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 503, 529, 401, 404 })
	void switchesWithoutLosingAToken(int status) {
		primary.always(Outcome.status(status));
		List<ChatEvent> events = this.template.stream(ChatRequest.of("hello there")).collectList().block(PATIENCE);
		ChatEvent.Completed completed = (ChatEvent.Completed) events.get(events.size() - 1);
		assertThat(text(events)).isEqualTo(backup.answerTo("hello there")).isEqualTo(completed.response().text());
		assertThat(completed.response().degraded()).isTrue();
		assertThat(completed.response().attempts()).extracting(Attempt::httpStatus).containsExactly(status, 200);
	}

	@Test
	void skipsThePrimaryAfterThreeFailures() {
		primary.always(Outcome.status(500));
		for (int call = 0; call < 10; call++) {
			assertThat(this.template.chat("hello").block(PATIENCE).endpoint()).isEqualTo("backup");
		}
		assertThat(primary.requestCount()).isEqualTo(3);
	}

	/** Only the test's own moves of the time are long enough for another probe. */
	@Test
	void probesThePrimaryOnceWithAHundredCallsAndGoesBackToIt() {
		Duration recoveryTimeout = Duration.ofMinutes(5);
		try (VirtualTime time = VirtualTime.create();
				AiFallbackTemplate template = builder(true, Duration.ofSeconds(20), breaker(recoveryTimeout))
					.scheduler(time.scheduler())
					.build()) {
			primary.always(Outcome.status(500));
			for (int call = 0; call < 3; call++) {
				assertThat(template.chat("hello").block(PATIENCE).endpoint()).isEqualTo("backup");
			}
			assertThat(primary.requestCount()).isEqualTo(3);
			time.advance(recoveryTimeout.multipliedBy(2));
			awaitPrimaryIsActive(template);
			primary.always(Outcome.healthy().hangBeforeFirstToken());
			List<ChatResponse> responses = Flux.range(0, 100)
				.flatMap((number) -> template.chat("hello"), 100)
				.collectList()
				.block(PATIENCE);
			assertThat(responses).hasSize(100).allMatch((response) -> response.endpoint().equals("backup"));
			assertThat(primary.requestCount()).isEqualTo(4);
			primary.always(Outcome.healthy());
			time.advance(Duration.ofHours(1));
			awaitPrimaryIsActive(template);
			assertThat(template.chat("hello").block(PATIENCE).endpoint()).isEqualTo("primary");
		}
	}

	private static void awaitPrimaryIsActive(AiFallbackTemplate template) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> template.status().defaultChain().active().name().equals("primary"));
	}

	@Test
	void leavesARateLimitedPrimaryAlone() {
		primary.next(Outcome.status(429).withHeader("Retry-After", "60"));
		for (int call = 0; call < 5; call++) {
			assertThat(this.template.chat("hello").block(PATIENCE).endpoint()).isEqualTo("backup");
		}
		assertThat(primary.requestCount()).isOne();
		EndpointStatus status = this.template.status().defaultChain().endpoints().get(0);
		assertThat(status.skipReason()).isEqualTo(SkipReason.COOLING_DOWN);
		assertThat(status.circuitBreaker()).isEqualTo("CLOSED");
	}

	@Test
	void goesBackToARateLimitedPrimaryAfterAsLongAsItAsked() {
		primary.next(Outcome.status(429).withHeader("Retry-After", "1"));
		assertThat(this.template.chat("hello").block(PATIENCE).endpoint()).isEqualTo("backup");
		awaitPrimaryIsActive(this.template);
		assertThat(this.template.chat("hello").block(PATIENCE).endpoint()).isEqualTo("primary");
		List<RecordedRequest> requests = primary.requests();
		assertThat(requests).hasSize(2);
		assertThat(requests.get(1).arrivedAtNanos() - requests.get(0).arrivedAtNanos())
			.isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
	}

	@Test
	void goesOnMidSentenceWhenTheConnectionBreaks() {
		primary.always(Outcome.healthy().cutAfterTokens(7));
		List<ChatEvent> events = this.template.stream(ChatRequest.of("hello there")).collectList().block(PATIENCE);
		assertThat(text(events)).isEqualTo(primary.answerTo("hello there"));
		assertThat(events).anyMatch(ChatEvent.EndpointSwitched.class::isInstance);
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers", "first-token", "pings" })
	void leavesASilentPrimaryAtItsLimitAndClosesTheConnection(String silence) {
		try (AiFallbackTemplate template = template(true, FIRST_CONTENT, LONG_OPENINGS)) {
			template.chat("warm up").block(PATIENCE);
			primary.clear();
			primary.always(switch (silence) {
				case "headers" -> Outcome.healthy().hangBeforeHeaders();
				case "first-token" -> Outcome.healthy().hangBeforeFirstToken();
				default -> Outcome.healthy().pingForever(Duration.ofMillis(20));
			});
			ChatResponse response = template.chat("hello").block(PATIENCE);
			assertThat(response.endpoint()).isEqualTo("backup");
			Attempt failed = response.attempts().get(0);
			assertThat(failed.failure()).isEqualTo(FailureKind.TIMED_OUT);
			// The other limits come much later.
			assertThat(failed.duration()).isGreaterThanOrEqualTo(FIRST_CONTENT).isLessThan(Duration.ofSeconds(10));
			assertThat(primary.requests().get(0).awaitEnding(PATIENCE)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
		}
	}

	@Test
	void asksNobodyElseWhenTheRequestIsInvalid() {
		primary.always(Outcome.error(ProviderError.of(400).withType("invalid_request_error").withCode("bad_thing")));
		assertThatExceptionOfType(RequestRefusedException.class)
			.isThrownBy(() -> this.template.chat("hello").block(PATIENCE))
			.satisfies((exception) -> {
				assertThat(exception.httpStatus()).isEqualTo(400);
				assertThat(exception.providerCode()).isEqualTo("bad_thing");
			});
		assertThat(backup.requestCount()).isZero();
	}

	@Test
	void closesTheProvidersConnectionWhenTheCallerLeaves() {
		primary.always(Outcome.healthy().hangAfterTokens(3));
		Disposable call = this.template.streamText("hello").subscribe();
		primary.awaitRequests(1, PATIENCE);
		call.dispose();
		assertThat(primary.requests().get(0).awaitEnding(PATIENCE)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
		assertThat(this.template.status().defaultChain().active().name()).isEqualTo("primary");
	}

	@Test
	void chainsShareTheirEndpointsAndWhatIsKnownAboutThem() {
		primary.always(Outcome.status(429).withHeader("Retry-After", "60"));
		Endpoint first = endpoint(primary, "large").build();
		Endpoint second = endpoint(backup, "small").build();
		try (AiFallbackTemplate template = AiFallbackTemplate.builder()
			.chain(new Chain("smart", List.of(first, second)), CallSettings.DEFAULTS)
			.chain(new Chain("alone", List.of(first)), CallSettings.DEFAULTS)
			.defaultChain("alone")
			.build()) {
			AiFallbackOperations smart = template.chain("smart");
			assertThat(smart.chat("hello").block(PATIENCE).chain()).isEqualTo("smart");
			assertThatExceptionOfType(NoEndpointAvailableException.class)
				.isThrownBy(() -> template.chat("hello").block(PATIENCE));
			assertThat(primary.requestCount()).isOne();
			assertThat(smart.status().defaultChain().active().name()).isEqualTo("backup");
			assertThat(template.status().defaultChain().available()).isFalse();
			assertThat(smart.streamText("hello").collectList().block(PATIENCE)).isNotEmpty();
			assertThat(smart.chain("alone").status()).usingRecursiveComparison()
				.ignoringFieldsOfTypes(Duration.class)
				.isEqualTo(template.status());
		}
	}

	@Test
	void namesTheKnownChains() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.template.chain("clever"))
			.withMessage("chain: clever (expected: one of [default])");
	}

	private static String text(List<ChatEvent> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> {
			if (event instanceof ChatEvent.ContentDelta delta) {
				text.append(delta.text());
			}
		});
		return text.toString();
	}

	private static AiFallbackTemplate template(boolean unaryAsStream, Duration firstContent, BreakerSettings breaker) {
		return builder(unaryAsStream, firstContent, breaker).build();
	}

	private static AiFallbackTemplateBuilder builder(boolean unaryAsStream, Duration firstContent,
			BreakerSettings breaker) {
		return AiFallbackTemplate.builder()
			.endpoint(endpoint(primary, "large").unaryAsStream(unaryAsStream)
				.limits(limits(firstContent))
				.breaker(breaker)
				.build())
			.endpoint(endpoint(backup, "small").unaryAsStream(unaryAsStream).build());
	}

	private static EndpointBuilder endpoint(ProviderSimulatorExtension simulator, String model) {
		return Endpoint.named(simulator.endpoint())
			.url(URI.create(simulator.url()))
			.model(model)
			.apiKey(ApiKey.of("sk-test"))
			.limits(limits(PATIENCE));
	}

	private static AttemptLimits limits(Duration firstContent) {
		return new AttemptLimits(PATIENCE, firstContent, PATIENCE, PATIENCE, true);
	}

	private static BreakerSettings breaker(Duration recoveryTimeout) {
		return BreakerSettings.builder()
			.recoveryTimeout(recoveryTimeout)
			.maxRecoveryTimeout(Duration.ofHours(1))
			.probe(new ProbeSettings(ProbeMode.TRAFFIC, Duration.ofSeconds(2)))
			.build();
	}

}
