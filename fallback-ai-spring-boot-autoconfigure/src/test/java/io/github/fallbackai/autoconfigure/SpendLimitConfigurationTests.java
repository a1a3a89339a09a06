// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.math.BigDecimal;
import java.util.List;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.budget.EndpointBudget;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.status.Spending;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Which beans keep spend limits. */
class SpendLimitConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.defaults.price.input=1", "fallback.ai.defaults.price.output=2",
				"fallback.ai.defaults.spend-limit.amount=10", "fallback.ai.defaults.spend-limit.period=36500d");

	@Test
	void theTemplateGoesByTheSameBudgetAsTheBean() {
		this.runner.run((context) -> {
			spend(context, "4");
			assertThat(spending(context).spent()).isEqualTo("4");
			assertThat(spending(context).limit().amount()).isEqualTo("10");
		});
	}

	@Test
	void whatAnApplicationSpentLastIsKnownToTheNextOnTheSameStore() {
		InMemoryStateStore store = new InMemoryStateStore();
		ApplicationContextRunner shared = this.runner.withBean(BreakerStateStore.class, () -> store);
		shared.run((context) -> spend(context, "4"));
		shared.run((context) -> assertThat(spending(context).spent()).isEqualTo("4"));
	}

	@Test
	void aStoreThatCannotAddUpKeepsLimitsWithinTheInstance() {
		BreakerStateStore store = Mockito.mock();
		Mockito.when(store.changes()).thenReturn(Flux.never());
		Mockito.when(store.load(Mockito.any())).thenReturn(Mono.<EndpointState>empty());
		this.runner.withBean(BreakerStateStore.class, () -> store).run((context) -> {
			spend(context, "10");
			assertThat(context.getBean(AiFallbackOperations.class).status().defaultChain().available()).isFalse();
		});
	}

	@Test
	void backsOffWhenTheApplicationHasItsOwnBudgets() {
		EndpointBudgets own = EndpointBudgets.local(List.of());
		this.runner.withBean(EndpointBudgets.class, () -> own).run((context) -> {
			assertThat(context.getBean(EndpointBudgets.class)).isSameAs(own);
			assertThat(spending(context)).isNull();
		});
	}

	private static void spend(ApplicationContext context, String amount) {
		EndpointBudget budget = context.getBean(EndpointBudgets.class)
			.budget(context.getBean(FallbackSetup.class).onlyEndpoints().get(0));
		budget.tryReserve(0, 0).settle(new BigDecimal(amount));
	}

	private static Spending spending(ApplicationContext context) {
		return context.getBean(AiFallbackOperations.class).status().endpoint("primary").orElseThrow().spending();
	}

}
