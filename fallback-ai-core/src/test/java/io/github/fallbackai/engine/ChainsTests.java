// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Several chains over the same endpoints.
 */
class ChainsTests {

	private final Scenario scenario = new Scenario();

	private final ScriptedEndpoint large = this.scenario.endpoint("large");

	private final ScriptedEndpoint small = this.scenario.endpoint("small");

	private final FailoverEngine engine = new FailoverEngine(
			new CandidateChains(List.of(chain("smart", this.large, this.small), chain("cheap", this.small)), "smart"),
			List.of(), this.scenario.time, Duration.ofMinutes(2));

	@Test
	void callsGoToTheDefaultChainUnlessTheyNameAnother() {
		this.large.answers("from large");
		this.small.answers("from small");
		assertThat(answer(null).endpoint()).isEqualTo("large");
		ChatResponse cheap = answer("cheap");
		assertThat(cheap.endpoint()).isEqualTo("small");
		assertThat(cheap.chain()).isEqualTo("cheap");
		assertThat(cheap.degraded()).isFalse();
	}

	@Test
	void everyChainHasItsOwnSettings() {
		this.small.fails(FailureKind.SERVER_ERROR);
		Scenario.Caller caller = call("cheap");
		assertThat(caller.error).hasMessageContaining("chain 'cheap'");
		this.large.fails(FailureKind.SERVER_ERROR);
		this.small.answers("from small");
		assertThat(answer("smart").degraded()).isTrue();
	}

	@Test
	void anUnknownChainFailsTheCallAndNamesTheKnownOnes() {
		assertThat(call("clever").error).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("chain: clever (expected: one of [smart, cheap])");
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.requireChain("clever"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.status("clever"));
	}

	@Test
	void anOpenEndpointIsSkippedInEveryChain() {
		this.small.open(Duration.ofSeconds(5));
		FallbackStatus status = this.engine.status(null);
		assertThat(status.defaultChain().name()).isEqualTo("smart");
		assertThat(status.chains()).extracting(ChainStatus::name).containsExactly("smart", "cheap");
		assertThat(status.chains()).extracting(ChainStatus::available).containsExactly(true, false);
		assertThat(this.engine.status("cheap").defaultChain()).isEqualTo(status.chains().get(1));
		assertThat(this.engine.status("cheap").version()).isEqualTo(status.version());
		assertThat(status.endpoints()).extracting(EndpointStatus::name).containsExactly("large", "small");
	}

	@Test
	void refusesChainsThatCannotBeToldApart() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CandidateChains(List.of(chain("a", this.large), chain("a", this.small)), "a"))
			.withMessage("chain: a twice (expected: names that differ)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CandidateChains(List.of(chain("a", this.large)), "default"))
			.withMessage("chain: default (expected: one of [a])");
	}

	private ChatResponse answer(String chain) {
		return call(chain).result().response();
	}

	private Scenario.Caller call(String chain) {
		Scenario.Caller caller = new Scenario.Caller(Long.MAX_VALUE);
		ChatRequest request = ChatRequest.builder()
			.user("hello")
			.options(ChatOptions.DEFAULTS.withChain(chain))
			.build();
		this.engine.call(request, Delivery.EVENTS).subscribe(caller);
		return caller;
	}

	private static CandidateChain chain(String name, ScriptedEndpoint... endpoints) {
		return new CandidateChain(name, List.of(endpoints).stream().map(ScriptedEndpoint::candidate).toList(),
				CallSettings.DEFAULTS);
	}

}
