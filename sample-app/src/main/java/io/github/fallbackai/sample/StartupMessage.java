// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.util.stream.Collectors;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.status.EndpointStatus;

import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Says on the console where the page is and which providers the chatbot talks to.
 */
@Component
class StartupMessage {

	private final AiFallbackOperations ai;

	private final Environment environment;

	StartupMessage(AiFallbackOperations ai, Environment environment) {
		this.ai = ai;
		this.environment = environment;
	}

	@EventListener
	void print(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext context
				&& context.getWebServer() != null) {
			System.out.println(text("http://localhost:" + context.getWebServer().getPort()));
		}
	}

	String text(String url) {
		return """

				  The chatbot is listening.

				    Page       %s
				    Health     %s/actuator/health
				    Providers  %s
				               %s
				    Gateway    %s/v1 for any OpenAI client, with the key in
				               %s
				""".formatted(url, url, providers(), hint(), url, curl(url));
	}

	private String providers() {
		return kind() + this.ai.status()
			.defaultChain()
			.endpoints()
			.stream()
			.map(EndpointStatus::name)
			.collect(Collectors.joining(", ", ": ", ""));
	}

	private String kind() {
		if (simulated()) {
			return "simulated";
		}
		return real() ? "real" : "your own";
	}

	private String hint() {
		if (simulated()) {
			return "set " + ProviderMode.KEY_VARIABLES.get(0) + " or another provider's key to talk to real ones";
		}
		return real() ? "SPRING_PROFILES_ACTIVE=demo brings simulated ones back"
				: "without fallback.ai.endpoints there are simulated ones";
	}

	private boolean simulated() {
		return this.environment.getProperty("sample.simulated", Boolean.class, false);
	}

	private boolean real() {
		return this.environment.acceptsProfiles(Profiles.of(ProviderMode.REAL));
	}

	private String curl(String url) {
		return "curl -N " + url + "/v1/chat/completions -H 'authorization: Bearer "
				+ this.environment.getProperty(GatewayKey.PROPERTY)
				+ "' -H 'content-type: application/json' -d '{\"model\":\"auto\",\"stream\":true,"
				+ "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'";
	}

}
