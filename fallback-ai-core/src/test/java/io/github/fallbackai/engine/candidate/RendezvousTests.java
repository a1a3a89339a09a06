// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.fallbackai.engine.ScriptedEndpoint;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Which endpoint a conversation belongs to.
 */
class RendezvousTests {

	private static final int CONVERSATIONS = 3000;

	@Test
	void isTheSameEverywhere() {
		// Fixed values: another result would move every conversation at an update.
		assertThat(Rendezvous.chance("conversation-1", candidate("primary"))).isCloseTo(0.5998348352331131,
				within(1e-12));
	}

	@Test
	void spreadsConversationsEvenly() {
		List<Candidate> three = candidates("a", "b", "c");
		for (String name : List.of("a", "b", "c")) {
			long own = firsts(three).filter(name::equals).count();
			assertThat(own / (double) CONVERSATIONS).isCloseTo(1 / 3.0, within(0.05));
		}
	}

	@Test
	void movesNobodyElseWhenAnEndpointGoes() {
		List<String> before = firsts(candidates("a", "b", "c")).toList();
		List<String> after = firsts(candidates("a", "b")).toList();
		for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
			if (!before.get(conversation).equals("c")) {
				assertThat(after.get(conversation)).isEqualTo(before.get(conversation));
			}
		}
		assertThat(after).contains("a", "b").doesNotContain("c");
	}

	private static Stream<String> firsts(List<Candidate> candidates) {
		return Stream.iterate(0, (conversation) -> conversation + 1).limit(CONVERSATIONS).map((conversation) -> {
			List<Candidate> tier = new ArrayList<>(candidates);
			Rendezvous.arrange(tier, "conversation " + conversation);
			return tier.get(0).name();
		});
	}

	private static List<Candidate> candidates(String... names) {
		return Stream.of(names).map(RendezvousTests::candidate).toList();
	}

	private static Candidate candidate(String name) {
		return new ScriptedEndpoint(name, new ArrayList<>(), Schedulers.immediate(), UnaryOperator.identity())
			.candidate();
	}

}
