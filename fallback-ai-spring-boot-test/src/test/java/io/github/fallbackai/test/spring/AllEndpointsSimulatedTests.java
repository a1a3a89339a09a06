// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.scheduler.Scheduler;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.time.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@AllEndpointsSimulatedTests.SlowProviderTest
class AllEndpointsSimulatedTests {

	@RegisterExtension
	static final ProviderSimulatorExtension own = ProviderSimulatorExtension.forEndpoint("own");

	@Test
	void hasASimulatorForEachEndpointThatTheTestHasNoneFor(@Autowired Environment environment,
			@Simulator("openai-meta-llama") ProviderSimulator llama) {
		assertThat(environment.getProperty("fallback.ai.overrides.openai-meta-llama.url")).isEqualTo(llama.url());
		assertThat(environment.getProperty("fallback.ai.overrides.own.url")).isEqualTo(own.url());
	}

	@Test
	void leavesModelsOfSpringAiAloneAndOff(@Autowired Environment environment, @Autowired Simulators simulators) {
		assertThatIllegalStateException().isThrownBy(() -> simulators.get("bean"))
			.withMessage("simulator: 'bean' (expected: one of openai-meta-llama)");
		assertThat(environment.getProperty("fallback.ai.overrides.bean.enabled")).isEqualTo("false");
	}

	@Test
	void sharesOneTime(VirtualTime time, @Autowired VirtualTime bean, @Autowired Scheduler fallbackAiScheduler) {
		assertThat(time).isSameAs(bean);
		assertThat(fallbackAiScheduler).isSameAs(time.scheduler());
	}

	/**
	 * An annotation of the application's own.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@SpringBootTest(classes = Application.class,
			properties = { "fallback.ai.endpoints[0].model=meta/llama", "fallback.ai.endpoints[1].name=bean",
					"fallback.ai.endpoints[1].provider=spring-ai", "fallback.ai.endpoints[2].name=own" })
	@SimulatedEndpoints(virtualTime = true)
	@interface SlowProviderTest {

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
