// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators read when a provider's words, or those of another operator, are made to
 * forge lines, to move the cursor, to turn the direction of writing, or just very long.
 */
@AutoConfigureWebTestClient(timeout = "60s")
@SpringBootTest(classes = ManagementEndpointTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.state-store.type=memory", "management.endpoint.fallbackai.access=unrestricted",
				"management.endpoint.health.show-details=always", "management.health.redis.enabled=false",
				"management.endpoints.web.exposure.include=*" })
@Tag("slow")
class NamesFromOutsideTests {

	private static final List<String> NAMES = List.of("m\r\n2026-01-01 WARN forged", "m\u2028forged\u2029",
			"m\u0085forged", "\u001b[2Jm", "\u009b31mm", "m\u202etxet", "m\u200b\ufeff", "m\u0000", "m\ud83d",
			"m".repeat(1 << 17), "m\n".repeat(20_000));

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final ObjectMapper json = new ObjectMapper();

	@Autowired
	private WebTestClient web;

	@Autowired
	private AiFallbackTemplate template;

	@Test
	void reachOperatorsCleanAndShort() throws Exception {
		for (String name : NAMES) {
			String word = this.json.writeValueAsString(name);
			String error = "{\"error\":{\"message\":" + word + ",\"type\":" + word + ",\"code\":" + word + ",\"param\":"
					+ word + "}}";
			for (int status : new int[] { 400, 403, 429, 500 }) {
				primary.always(Outcome.raw(status, "application/json", error));
				call();
			}
			primary.always(Outcome.raw(200, "application/json", "{\"id\":" + word + ",\"model\":" + word
					+ ",\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":" + word + "}]}"));
			operate("enable", name);
			operate("reset", name);
			call();
			operate("disable", name);
			assertClean("fallbackai", "fallbackai/primary", "fallbackai/backup", "fallbackai/events", "health",
					"metrics/fallback.ai.attempts");
		}
	}

	private void call() {
		this.template.chat("Hello?").onErrorResume(AiFallbackException.class, (failed) -> Mono.empty()).block();
	}

	private void operate(String action, String reason) throws Exception {
		Map<String, String> body = new LinkedHashMap<>(Map.of("action", action, "reason", reason));
		this.web.post()
			.uri("/actuator/fallbackai/primary")
			.header("Content-Type", "application/json")
			.bodyValue(this.json.writeValueAsBytes(body))
			.exchange()
			.expectBody()
			.returnResult();
	}

	private void assertClean(String... paths) throws Exception {
		for (String path : paths) {
			byte[] body = this.web.get()
				.uri("/actuator/" + path)
				.exchange()
				.expectBody()
				.returnResult()
				.getResponseBody();
			assertFits(path, this.json.readTree(new String(body, StandardCharsets.UTF_8)));
		}
	}

	private static void assertFits(String path, JsonNode value) {
		if (value.isTextual()) {
			assertThat(value.textValue()).as(path)
				.hasSizeLessThan(2000)
				.doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
		}
		value.properties().forEach((member) -> {
			assertThat(member.getKey()).hasSizeLessThan(200);
			assertFits(path + "/" + member.getKey(), member.getValue());
		});
		if (value.isArray()) {
			value.forEach((element) -> assertFits(path, element));
		}
	}

}
