// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;
import java.util.concurrent.atomic.LongAdder;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.event.CallListener;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * This library in a Spring Boot application with web server, actuator and Prometheus: two
 * endpoints with their breakers and limits, and a listener of the application.
 */
final class FallbackAi implements Client {

	private final ConfigurableApplicationContext application;

	private final AiFallbackTemplate template;

	/**
	 * Starts the application.
	 * @param provider base URL of the provider
	 * @param unaryAsStream whether a whole answer is streamed inside
	 */
	FallbackAi(URI provider, boolean unaryAsStream) {
		this.application = new SpringApplicationBuilder(Application.class).run("--server.port=0",
				"--server.address=127.0.0.1", "--spring.main.banner-mode=off", "--fallback.ai.state-store.type=memory",
				"--management.health.redis.enabled=false",
				"--management.endpoints.web.exposure.include=health,prometheus,fallbackai",
				"--fallback.ai.defaults.unary-as-stream=" + unaryAsStream,
				"--fallback.ai.transport.max-connections-per-host=" + CONNECTIONS,
				"--fallback.ai.defaults.circuit-breaker.recovery-timeout=1h", "--fallback.ai.endpoints[0].name=primary",
				"--fallback.ai.endpoints[0].url=" + provider, "--fallback.ai.endpoints[0].model=" + MODEL,
				"--fallback.ai.endpoints[0].api-key=" + KEY, "--fallback.ai.endpoints[1].name=backup",
				"--fallback.ai.endpoints[1].url=" + provider, "--fallback.ai.endpoints[1].model=" + MODEL,
				"--fallback.ai.endpoints[1].api-key=" + KEY);
		this.template = this.application.getBean(AiFallbackTemplate.class);
	}

	/** Opens the breaker of the first endpoint, so that the second one is asked. */
	FallbackAi openFirst() {
		this.application.getBean(CircuitBreakerRegistry.class).circuitBreaker("primary").transitionToOpenState();
		ChatResponse response = this.template.chat(PROMPT).block();
		if (response == null || !response.endpoint().equals("backup")) {
			throw new IllegalStateException("the second endpoint was not asked");
		}
		return this;
	}

	@Override
	public Mono<String> call() {
		return this.template.chat(PROMPT).map(ChatResponse::text);
	}

	@Override
	public Mono<Long> stream() {
		return this.template.streamText(PROMPT).map(String::length).reduce(0L, Long::sum);
	}

	/**
	 * An application that listens to events.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private final LongAdder events = new LongAdder();

		@Bean
		CallListener counting() {
			return (event) -> this.events.increment();
		}

	}

}
