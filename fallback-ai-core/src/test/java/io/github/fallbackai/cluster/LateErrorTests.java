// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.GateFixture;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.state.InMemoryCluster;
import io.github.fallbackai.state.SpendPeriod;
import io.github.fallbackai.state.SpendReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command of the store fails at the moment at which the wait for it ends. That is no
 * error for the log.
 */
class LateErrorTests {

	private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

	private final List<Subscriber<?>> commands = new CopyOnWriteArrayList<>();

	private final GateFixture time = new GateFixture();

	private final InMemoryCluster cluster = new InMemoryCluster(this.time.clock::get);

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	private final EndpointGates gates = this.time.builder(this.endpoint)
		.stateStore(this.cluster)
		.cluster(new ClusterSettings("here", 1, Duration.ofMinutes(1)))
		.build();

	@BeforeEach
	void watch() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void watchNoMore() {
		Hooks.resetOnErrorDropped();
	}

	@Test
	void ofACommand() {
		SpendReport report = new SpendReport(this.endpoint.id(), new SpendPeriod(Duration.ofDays(1), 20_500), "here", 1,
				Duration.ofDays(1));
		this.gates.spending((each) -> command()).report(report).onErrorComplete().subscribe();
		failAfterTheWait();
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void ofAReport() {
		Endpoint limited = Endpoint.named("limited")
			.url(this.endpoint.url())
			.model("m")
			.price(Price.of("1", "1"))
			.spendLimit(new SpendLimit(SpendLimit.MOST, Duration.ofDays(1)))
			.build();
		EndpointBudgets budgets = new EndpointBudgets(List.of(limited), Clock.systemUTC(), (report) -> command(),
				Duration.ofHours(1), this.time.scheduler);
		this.time.pass(Duration.ofHours(1));
		failAfterTheWait();
		budgets.close();
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void ofTheQuestionWhoMayProbe() {
		this.cluster.leaseAnswer(command());
		GateFixture.open(this.gates.gate(this.endpoint));
		this.time.pass(Duration.ofSeconds(30));
		this.gates.gate(this.endpoint).wanted();
		failAfterTheWait();
		assertThat(this.dropped).isEmpty();
	}

	/** Fails when it is told to, even if its subscriber waits no longer. */
	private <T> Mono<T> command() {
		return Mono.from((subscriber) -> {
			subscriber.onSubscribe(Operators.emptySubscription());
			this.commands.add(subscriber);
		});
	}

	private void failAfterTheWait() {
		this.time.pass(Duration.ofMinutes(1));
		assertThat(this.commands).isNotEmpty();
		this.commands.forEach((command) -> command.onError(new IllegalStateException("late")));
		this.commands.clear();
	}

}
