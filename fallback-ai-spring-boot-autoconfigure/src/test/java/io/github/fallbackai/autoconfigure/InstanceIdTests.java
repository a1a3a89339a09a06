// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceIdTests {

	private static final String OF_PROCESS = "pod-7:pid-" + ProcessHandle.current().pid();

	@Test
	void aServerIsNamedAfterItsPortWhichIs8080UnlessConfigured() {
		named("pod-7:8080", new ReactiveWebApplicationContextRunner());
		named("pod-7:8080", new WebApplicationContextRunner());
		named("pod-7:9000", new ReactiveWebApplicationContextRunner().withPropertyValues("server.port=9000"));
	}

	@Test
	void anInstanceWithoutAPortOfItsOwnIsNamedAfterItsProcess() {
		named(OF_PROCESS, new ReactiveWebApplicationContextRunner().withPropertyValues("server.port=0"));
		named(OF_PROCESS, new ReactiveWebApplicationContextRunner().withPropertyValues("server.port=-1"));
		named(OF_PROCESS, new ApplicationContextRunner());
	}

	@Test
	void aConfiguredNameWins() {
		named("blue", new ReactiveWebApplicationContextRunner()
			.withPropertyValues("fallback.ai.state-store.instance-id=blue"));
	}

	private static void named(String name, AbstractApplicationContextRunner<?, ?, ?> runner) {
		runner.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
			.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
					"HOSTNAME=pod-7")
			.run((context) -> assertThat(context.getBean(InstanceId.class).name()).isEqualTo(name));
	}

}
