// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.autoconfigure.boot3.FallbackAiBoot3AutoConfiguration;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.state.redis.RedisStateStore;
import io.lettuce.core.resource.ClientResources;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing here needs a server: a connection is made when it is first used. */
class StateStoreSelectionTests {

	private static final FilteredClassLoader WITHOUT_REDIS = new FilteredClassLoader("org.springframework.data.redis");

	private final ApplicationContextRunner plain = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(FallbackAiAutoConfiguration.class, FallbackAiBoot3AutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large");

	private final ApplicationContextRunner configured = this.plain.withPropertyValues("spring.data.redis.port=1");

	private final ApplicationContextRunner redis = this.configured
		.withConfiguration(AutoConfigurations.of(RedisAutoConfiguration.class));

	@Test
	void usesRedisWhenTheApplicationIsConnected() {
		this.redis.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(store(context)).isInstanceOf(RedisStateStore.class);
			assertThat(store(context).type()).isEqualTo("redis");
		});
	}

	@Test
	void looksOftenWhetherRedisIsBack() {
		this.redis.run((context) -> assertThat(longestReconnectDelay(context)).isLessThanOrEqualTo(1000));
		this.redis.withPropertyValues("fallback.ai.state-store.type=memory")
			.run((context) -> assertThat(longestReconnectDelay(context)).isGreaterThan(1000));
	}

	private static long longestReconnectDelay(AssertableApplicationContext context) {
		return context.getBean(ClientResources.class).reconnectDelay().createDelay(1000).toMillis();
	}

	@Test
	void usesMemoryWithoutAConnection() {
		this.configured.run((context) -> assertThat(store(context)).isInstanceOf(InMemoryStateStore.class));
	}

	@Test
	void usesMemoryWhenTold() {
		this.redis.withPropertyValues("fallback.ai.state-store.type=memory")
			.run((context) -> assertThat(store(context)).isInstanceOf(InMemoryStateStore.class));
	}

	@Test
	void backsOffWhenTheUserDefinesAStore() {
		BreakerStateStore own = new InMemoryStateStore();
		this.redis.withBean(BreakerStateStore.class, () -> own)
			.run((context) -> assertThat(store(context)).isSameAs(own));
	}

	@Test
	void needsNoRedisOnTheClassPath() {
		this.plain.withClassLoader(WITHOUT_REDIS)
			.run((context) -> assertThat(store(context)).isInstanceOf(InMemoryStateStore.class));
	}

	@Test
	void redisThatIsConfiguredButNotOnTheClassPathNamesTheDependency() {
		this.configured.withClassLoader(WITHOUT_REDIS).run((context) -> {
			InvalidFallbackConfigurationException failure = failure(context);
			assertThat(failure.property()).isEqualTo("fallback.ai.state-store.type");
			assertThat(failure.reason()).contains("spring.data.redis is configured");
			assertThat(failure.action()).contains("spring-boot-starter-data-redis-reactive");
		});
	}

	@Test
	void memoryByDecisionNeedsNoDependency() {
		this.configured.withClassLoader(WITHOUT_REDIS)
			.withPropertyValues("fallback.ai.state-store.type=memory")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void redisByDecisionNeedsTheDependencyAndAConnection() {
		ApplicationContextRunner decided = this.plain.withPropertyValues("fallback.ai.state-store.type=redis");
		decided.run((context) -> assertThat(failure(context)).hasMessageContaining("there is no single"));
		decided.withClassLoader(WITHOUT_REDIS)
			.run((context) -> assertThat(failure(context)).hasMessageContaining("not on the class path"));
	}

	@Test
	void severalConnectionsLeaveTheChoiceToTheUser() {
		ReactiveRedisConnectionFactory other = Mockito.mock(ReactiveRedisConnectionFactory.class);
		this.plain.withBean("one", ReactiveRedisConnectionFactory.class, () -> other)
			.withBean("two", ReactiveRedisConnectionFactory.class, () -> other)
			.run((context) -> assertThat(store(context)).isInstanceOf(InMemoryStateStore.class));
	}

	@Test
	void aWrongValueNamesItsProperty() {
		refuses("quorum=0", "quorum: 0 (expected: >= 1)");
		refuses("key-prefix=a{b}", "key-prefix: 'a{b}' (expected: not blank, without { and })");
		refuses("command-timeout=0s", "command-timeout: 0s (expected: > 0)");
		refuses("sync-interval=0s", "sync-interval: 0s (expected: > 0)");
	}

	private void refuses(String property, String message) {
		this.redis.withPropertyValues("fallback.ai.state-store." + property)
			.run((context) -> assertThat(failure(context)).hasMessage("fallback.ai.state-store." + message));
	}

	private static BreakerStateStore store(AssertableApplicationContext context) {
		return context.getBean(BreakerStateStore.class);
	}

	private static InvalidFallbackConfigurationException failure(AssertableApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		while (failure != null && !(failure instanceof InvalidFallbackConfigurationException)) {
			failure = failure.getCause();
		}
		assertThat(failure).isNotNull();
		return (InvalidFallbackConfigurationException) failure;
	}

}
