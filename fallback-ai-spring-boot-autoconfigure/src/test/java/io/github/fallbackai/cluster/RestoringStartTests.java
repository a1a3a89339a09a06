// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Version;
import io.github.fallbackai.suite.FailoverLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that starts waits for what the last one knew.
 */
@Tag("slow")
class RestoringStartTests {

	@RegisterExtension
	static final FailoverLog log = new FailoverLog();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large");

	@Test
	void skipsFromTheStartWhatASlowStoreHasAsOpen() {
		this.application.withBean(BreakerStateStore.class, SlowStore::new)
			.run((context) -> assertThat(context.getBean(AiFallbackTemplate.class)
				.status()
				.endpoint("primary")
				.orElseThrow()
				.circuitBreaker()).isEqualTo("OPEN"));
	}

	@Test
	void learnsWithoutWaitingForItself() {
		this.application.withBean(BreakerStateStore.class, SlowStore::new)
			.withUserConfiguration(Witnessing.class)
			.run((context) -> assertThat(context.getBean(Witness.class).lines()).isEqualTo(1));
	}

	/**
	 * A bean that looks as soon as the endpoints are guarded. Nothing else can create
	 * beans meanwhile.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Witnessing {

		@Bean
		Witness witness(EndpointGates gates) {
			return new Witness(log.lines().size());
		}

	}

	record Witness(int lines) {

	}

	/** Answers after a moment, and has every endpoint as open. */
	private static final class SlowStore implements BreakerStateStore {

		@Override
		public Mono<EndpointState> load(EndpointId endpoint) {
			EndpointState open = new EndpointState(endpoint, new Version(1, 1),
					new BreakerVerdict(true, 1, Duration.ofHours(1)), null, "one");
			return Mono.delay(Duration.ofSeconds(1)).thenReturn(open);
		}

		@Override
		public Mono<EndpointState> publish(EndpointState state) {
			return Mono.just(state);
		}

		@Override
		public Flux<EndpointState> changes() {
			return Flux.never();
		}

	}

}
