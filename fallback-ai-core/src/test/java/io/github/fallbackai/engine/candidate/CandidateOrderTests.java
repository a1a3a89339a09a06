// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.Placement;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.engine.ScriptedEndpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.Selection;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/**
 * In which order a call tries the endpoints of its chain.
 */
class CandidateOrderTests {

	private static final ChatRequest REQUEST = ChatRequest.of("hello");

	@Test
	void followsTheListWithinAPriorityAndPrioritiesBeforeIt() {
		CandidateChain chain = chain(Selection.ORDER, endpoint("a", 1, 1), endpoint("b", 0, 1), endpoint("c", 1, 1),
				endpoint("d", -1, 1));
		assertThat(names(chain.order(REQUEST))).containsExactly("d", "b", "a", "c");
		assertThat(names(chain.order())).containsExactly("d", "b", "a", "c");
		assertThat(chain.order().first().name()).isEqualTo("d");
	}

	@Test
	void drawsByWeight() {
		CandidateChain chain = chain(Selection.WEIGHT, endpoint("a", 0, 1), endpoint("b", 0, 3), endpoint("z", 1, 100));
		Map<String, Integer> first = countFirst(chain, REQUEST, 4000);
		assertThat(first).containsOnlyKeys("a", "b");
		assertThat(first.get("b") / 4000.0).isCloseTo(0.75, within(0.05));
		assertThat(names(chain.order())).containsExactly("b", "a", "z");
	}

	@Test
	void beginsWithTheCheapestOfAPriorityAndKeepsThoseWithoutAPriceForLast() {
		CandidateChain chain = chain(Selection.COST, endpoint("unpriced", 0, 1), priced("dear", "3", "15"),
				priced("cheap", "1", "2"), priced("free", "0", "0"));
		assertThat(names(chain.order(REQUEST.toBuilder().conversation("one").build()))).containsExactly("free", "cheap",
				"dear", "unpriced");
		assertThat(names(chain.order())).containsExactly("free", "cheap", "dear", "unpriced");
		assertThat(chain.order().firstChoice(chain.candidates().get(1))).isFalse();
	}

	@Test
	void takesTurns() {
		CandidateChain chain = chain(Selection.ROUND_ROBIN, endpoint("a", 0, 1), endpoint("b", 0, 1),
				endpoint("c", 0, 1));
		assertThat(names(chain.order(REQUEST))).containsExactly("a", "b", "c");
		assertThat(names(chain.order())).containsExactly("b", "c", "a");
		assertThat(names(chain.order())).containsExactly("b", "c", "a");
		assertThat(names(chain.order(REQUEST))).containsExactly("b", "c", "a");
		assertThat(names(chain.order(REQUEST))).containsExactly("c", "a", "b");
	}

	@Test
	void prefersTheFasterOfTwo() {
		ScriptedEndpoint slow = endpoint("slow", 0, 1);
		ScriptedEndpoint fast = endpoint("fast", 0, 1);
		ScriptedEndpoint slowest = endpoint("slowest", 0, 1);
		slow.candidate().experience().firstContentAfter(800_000_000L);
		fast.candidate().experience().firstContentAfter(200_000_000L);
		slowest.candidate().experience().firstContentAfter(900_000_000L);
		CandidateChain chain = chain(Selection.LATENCY, slow, fast, slowest);
		assertThat(names(chain.order())).containsExactly("fast", "slow", "slowest");
		Map<String, Integer> first = countFirst(chain, REQUEST, 3000);
		// Of nine equally likely pairs five hold the fastest, one the slowest alone.
		assertThat(first.get("fast") / 3000.0).isCloseTo(5 / 9.0, within(0.05));
		assertThat(first.get("slowest") / 3000.0).isCloseTo(1 / 9.0, within(0.05));
	}

	@Test
	void aConversationKeepsItsEndpointWithinATier() {
		CandidateChain chain = chain(Selection.WEIGHT, endpoint("a", 0, 1), endpoint("b", 0, 1), endpoint("z", 1, 1));
		for (int conversation = 0; conversation < 50; conversation++) {
			ChatRequest request = REQUEST.toBuilder().conversation("conversation-" + conversation).build();
			assertThat(IntStream.range(0, 20).mapToObj((call) -> names(chain.order(request))).distinct()).hasSize(1);
			assertThat(names(chain.order(request))).last().isEqualTo("z");
		}
	}

	@Test
	void aConversationMovesOnlyWhenStickinessIsOff() {
		CandidateChain chain = new CandidateChain("default",
				List.of(endpoint("a", 0, 1).candidate(), endpoint("b", 0, 1).candidate()),
				CallSettings.builder().selection(Selection.WEIGHT).sticky(false).build());
		assertThat(countFirst(chain, REQUEST.toBuilder().conversation("one").build(), 200)).hasSize(2);
	}

	@Test
	void aRecoveredEndpointGetsItsShareStepByStep() {
		ScriptedEndpoint recovered = endpoint("recovered", 0, 1);
		recovered.usableShare = 0.2;
		CandidateChain chain = chain(Selection.WEIGHT, recovered, endpoint("b", 0, 1));
		assertThat(countFirst(chain, REQUEST, 4000).get("recovered") / 4000.0).isCloseTo(0.1, within(0.03));
		recovered.usableShare = 1;
		assertThat(countFirst(chain, REQUEST, 4000).get("recovered") / 4000.0).isCloseTo(0.5, within(0.05));
	}

	@Test
	void aConversationReturnsToARecoveredEndpointOnceAndForAll() {
		ScriptedEndpoint recovered = endpoint("recovered", 0, 1_000_000);
		CandidateChain chain = chain(Selection.WEIGHT, recovered, endpoint("b", 0, 1));
		int before = 0;
		for (double share = 0.1; share < 1; share += 0.1) {
			recovered.usableShare = share;
			int returned = 0;
			for (int conversation = 0; conversation < 200; conversation++) {
				ChatRequest request = REQUEST.toBuilder().conversation("c" + conversation).build();
				returned += names(chain.order(request)).get(0).equals("recovered") ? 1 : 0;
			}
			assertThat(returned).isGreaterThanOrEqualTo(before);
			before = returned;
		}
		assertThat(before).isGreaterThan(150);
	}

	@Test
	void startsFromAnEndpointAGroupOrAModelThatTheCallerAsksFor() {
		CandidateChain chain = chain(Selection.ORDER, endpoint("a", 0, 1),
				endpoint("b", (endpoint) -> endpoint.model("m").modelGroup("group")),
				endpoint("c", (endpoint) -> endpoint.model("m").modelGroup("other")),
				endpoint("group", (endpoint) -> endpoint.model("n").modelGroup("group")));
		assertThat(names(chain.order(target("c")))).containsExactly("c", "a", "b", "group");
		assertThat(names(chain.order(target("m")))).containsExactly("b", "c", "a", "group");
		assertThat(names(chain.order(target("other")))).containsExactly("c", "a", "b", "group");
		assertThat(names(chain.order(target("group")))).as("a name goes before a group").startsWith("group");
		CandidateOrder order = chain.order(target("m"));
		assertThat(order.candidates()).filteredOn(order::firstChoice)
			.extracting(Candidate::name)
			.containsExactly("b", "c");
		assertThatIllegalArgumentException().isThrownBy(() -> chain.order(target("nobody")))
			.withMessageContaining("chain default");
	}

	@Test
	void operatorsPreferAnybodyAndChangeNothingAboutWhoIsTheFirstChoice() {
		ScriptedEndpoint preferred = endpoint("b", 1, 1);
		CandidateChain chain = chain(Selection.ORDER, endpoint("a", 0, 1), preferred);
		preferred.preference = 1;
		CandidateOrder order = chain.order(REQUEST);
		assertThat(names(order)).containsExactly("b", "a");
		assertThat(order.first().name()).isEqualTo("a");
		assertThat(order.firstChoice(preferred.candidate())).isFalse();
	}

	@Test
	void everyEndpointOfASharedTierIsAFirstChoice() {
		CandidateOrder order = chain(Selection.WEIGHT, endpoint("a", 0, 1), endpoint("b", 0, 1), endpoint("z", 1, 1))
			.order(REQUEST);
		assertThat(order.candidates()).filteredOn(order::firstChoice)
			.extracting(Candidate::name)
			.containsExactlyInAnyOrder("a", "b");
	}

	private static ChatRequest target(String target) {
		return REQUEST.toBuilder().target(target).build();
	}

	private static Map<String, Integer> countFirst(CandidateChain chain, ChatRequest request, int calls) {
		Map<String, Integer> counts = new HashMap<>();
		for (int call = 0; call < calls; call++) {
			counts.merge(chain.order(request).candidates().get(0).name(), 1, Integer::sum);
		}
		return counts;
	}

	private static CandidateChain chain(Selection selection, ScriptedEndpoint... endpoints) {
		return new CandidateChain("default", List.of(endpoints).stream().map(ScriptedEndpoint::candidate).toList(),
				CallSettings.builder().selection(selection).build());
	}

	private static ScriptedEndpoint priced(String name, String input, String output) {
		return endpoint(name, (endpoint) -> endpoint.price(Price.of(input, output)));
	}

	private static ScriptedEndpoint endpoint(String name, int priority, int weight) {
		return endpoint(name, (endpoint) -> endpoint.placement(new Placement(priority, weight)));
	}

	private static ScriptedEndpoint endpoint(String name, UnaryOperator<EndpointBuilder> settings) {
		return new ScriptedEndpoint(name, new ArrayList<>(), Schedulers.immediate(), settings);
	}

	private static List<String> names(CandidateOrder order) {
		return order.candidates().stream().map(Candidate::name).toList();
	}

}
