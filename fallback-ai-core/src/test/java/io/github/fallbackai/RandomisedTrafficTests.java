// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.http.HttpEndpointClient;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.suite.Seed;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand calls over real connections with random faults at every endpoint but one.
 */
@Tag("slow")
class RandomisedTrafficTests {

	private static final int CALLS = 1000;

	private static final Duration PATIENCE = Duration.ofMinutes(15);

	private static final Pattern NUMBER = Pattern.compile("call-(\\d+)");

	@RegisterExtension
	static final ProviderSimulatorExtension sick = ProviderSimulatorExtension.forEndpoint("sick");

	@RegisterExtension
	static final ProviderSimulatorExtension frail = ProviderSimulatorExtension.forEndpoint("frail");

	@RegisterExtension
	static final ProviderSimulatorExtension healthy = ProviderSimulatorExtension.forEndpoint("healthy");

	private final Seed seed = Seed.any();

	private final Random random = new Random(this.seed.value());

	@Test
	void everyCallGetsItsOwnAnswerAndLeavesNothingBehind() {
		for (ProviderSimulatorExtension simulator : List.of(sick, frail, healthy)) {
			simulator.answers((request) -> answer(number(request.body().toString())));
		}
		sick.script((request) -> fault());
		frail.script((request) -> chance(2) ? fault() : Outcome.healthy());
		ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
		UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
		try (NettyWire wire = NettyWire.builder()
			.httpClient((client) -> client.option(ChannelOption.ALLOCATOR, buffers))
			.build(); AiFallbackTemplate template = template(wire)) {
			Flux.range(0, CALLS).flatMap((number) -> talk(template, number).doOnNext((text) -> {
				if (!text.equals(answer(number))) {
					wrong.add("call " + number + ": " + text);
				}
			}).doOnError((error) -> wrong.add("call " + number + ": " + error)).onErrorComplete(), 32)
				.blockLast(PATIENCE);
			assertThat(wrong).as("%s", this.seed).isEmpty();
			for (ProviderSimulatorExtension simulator : List.of(sick, frail, healthy)) {
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(simulator.requests()).as("%s", this.seed)
						.extracting(RecordedRequest::ending)
						.doesNotContain(Ending.OPEN));
			}
			assertThat(template.chat("call-0").block(PATIENCE).text()).isEqualTo(answer(0));
		}
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(buffers.metric().usedHeapMemory()).as("%s", this.seed).isZero();
			assertThat(buffers.metric().usedDirectMemory()).as("%s", this.seed).isZero();
		});
	}

	private Mono<String> talk(AiFallbackTemplate template, int number) {
		ChatRequest request = ChatRequest.of("call-" + number);
		Mono<String> text = switch (random(3)) {
			case 0 -> template.chat(request).map(ChatResponse::text);
			case 1 -> template.streamText(request).collectList().map((pieces) -> String.join("", pieces));
			default -> template.stream(request).last().map((event) -> ((ChatEvent.Completed) event).response().text());
		};
		boolean leaves = chance(5);
		return leaves ? text.timeout(Duration.ofMillis(1 + random(400)), Mono.empty()) : text;
	}

	private Outcome fault() {
		Outcome part = Outcome.healthy();
		return switch (random(11)) {
			case 0 -> Outcome.status(429).withHeader("Retry-After", "0");
			case 1 -> Outcome.status(500);
			case 2 -> Outcome.status(503);
			case 3 -> Outcome.raw(200, "text/html", "<html>busy</html>");
			case 4 -> part.hangBeforeHeaders();
			case 5 -> part.hangAfterTokens(random(12));
			case 6 -> part.cutAfterTokens(random(12));
			case 7 -> part.cutAfterTokens(random(12)).byReset();
			case 8 -> part.cutAfterBytes(random(1500));
			case 9 -> part.endAfterTokens(random(12));
			default -> Outcome.healthy().errorAfterTokens(random(12), ProviderError.of(500));
		};
	}

	private static String answer(int number) {
		return "Answer number " + number + " says that callers are protected. The next model goes on with number "
				+ number + " at once. Nobody waits for a provider that is sick, not even caller " + number + ".";
	}

	private static int number(String text) {
		Matcher matcher = NUMBER.matcher(text);
		if (!matcher.find()) {
			throw new IllegalArgumentException("no number");
		}
		return Integer.parseInt(matcher.group(1));
	}

	private boolean chance(int oneIn) {
		return random(oneIn) == 0;
	}

	private int random(int bound) {
		synchronized (this.random) {
			return this.random.nextInt(bound);
		}
	}

	private static AiFallbackTemplate template(NettyWire wire) {
		EndpointClient client = HttpEndpointClient.builder(new OpenAiDialect(), wire).build();
		Endpoint first = endpoint(sick, "sick", Duration.ofMillis(400));
		Endpoint second = endpoint(frail, "frail", Duration.ofMillis(400));
		Endpoint third = endpoint(healthy, "healthy", PATIENCE);
		CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
		EndpointGates gates = EndpointGates.builder().endpoints(first, second, third).circuitBreakers(breakers).build();
		// Its faults are the point: it has to be asked again and again.
		breakers.circuitBreaker("sick").transitionToDisabledState();
		return AiFallbackTemplate.builder()
			.endpoint(first)
			.endpoint(second)
			.endpoint(third)
			.gates(gates)
			.clients((endpoint) -> client)
			.listeners(List.of())
			.settings(CallSettings.builder()
				.maxAttempts(10)
				.deadline(PATIENCE)
				.hedge(new HedgeSettings(Duration.ofMillis(150), 0.3))
				.build())
			.build();
	}

	private static Endpoint endpoint(ProviderSimulatorExtension simulator, String name, Duration limit) {
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.limits(new AttemptLimits(PATIENCE, limit, limit, PATIENCE, true))
			.breaker(new BreakerSettings(3, 50, 20, Duration.ofMillis(200), Duration.ofMillis(400), 1))
			.build();
	}

}
