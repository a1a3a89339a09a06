// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import io.github.fallbackai.AiFallbackTemplate;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that can be prepared ahead of time. LangChain4j's Spring starter, which
 * this module has for other tests, cannot: it scans for classes when it starts.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PreparedApplication {

	private static final String SCANNING = "dev.langchain4j.spring.LangChain4jAutoConfig";

	public static void main(String[] args) {
		new SpringApplicationBuilder(PreparedApplication.class)
			.properties("spring.main.web-application-type=reactive", "spring.autoconfigure.exclude=" + SCANNING,
					"fallback.ai.state-store.type=memory", "fallback.ai.endpoints[0].name=primary",
					"fallback.ai.endpoints[0].model=large", "fallback.ai.endpoints[1].name=backup",
					"fallback.ai.endpoints[1].model=small",
					"management.endpoints.web.exposure.include=health,fallbackai",
					"management.endpoint.health.show-details=always", "management.health.redis.enabled=false")
			.run(args);
	}

	/**
	 * Asks the models.
	 */
	@RestController
	static class AnswerController {

		private final AiFallbackTemplate ai;

		AnswerController(AiFallbackTemplate ai) {
			this.ai = ai;
		}

		@GetMapping("/answer")
		Mono<String> answer() {
			return this.ai.chat("Hello").map((response) -> response.endpoint() + ": " + response.text());
		}

	}

}
