// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@AutoConfigureWebTestClient(timeout = "60s")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].api-key=sk-secret-of-primary", "fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].model=small", "fallback.ai.endpoints[1].api-key=sk-secret-of-backup",
				"fallback.ai.state-store.instance-id=pod-7", "fallback.ai.state-store.type=memory",
				"management.endpoint.fallbackai.access=unrestricted", "management.endpoint.health.show-details=always",
				"management.health.redis.enabled=false", "management.endpoints.web.exposure.include=*",
				"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always" })
@DirtiesContext(classMode = ClassMode.BEFORE_EACH_TEST_METHOD)
@Tag("slow")
class ManagementEndpointTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

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
	void showsTheWholeState() throws Exception {
		outage();
		JsonNode status = get("/actuator/fallbackai");
		assertThat(status.get("version").asLong()).isPositive();
		assertThat(status.get("instance").asText()).isEqualTo("pod-7");
		assertThat(status.get("lastServedBy").asText()).isEqualTo("backup");
		assertThat(status.at("/stateStore/type").asText()).isEqualTo("memory");
		assertThat(status.at("/chains/default/active").asText()).isEqualTo("backup");
		assertThat(status.at("/chains/default/degraded").asBoolean()).isTrue();
		JsonNode sick = status.at("/endpoints/primary");
		assertThat(sick.get("circuitBreaker").asText()).isEqualTo("OPEN");
		assertThat(sick.get("skipReason").asText()).isEqualTo("BREAKER_OPEN");
		assertThat(sick.get("lastFailure").asText()).isEqualTo("SERVER_ERROR");
		assertThat(sick.at("/statistics/failures/server-error").asLong()).isEqualTo(3);
		JsonNode healthy = status.at("/endpoints/backup/statistics");
		assertThat(healthy.at("/attempts/succeeded").asLong()).isEqualTo(4);
		assertThat(healthy.at("/latency/p95").asLong()).isNotNegative();
		assertThat(healthy.at("/firstContent/p50").asLong()).isNotNegative();
		assertThat(healthy.at("/tokens/output").asLong()).isPositive();
	}

	@Test
	void showsOneEndpointAndKnowsNoOther() throws Exception {
		assertThat(get("/actuator/fallbackai/backup").get("model").asText()).isEqualTo("small");
		this.web.get()
			.uri("/actuator/fallbackai/nobody")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.returnResult();
	}

	@Test
	void remembersSwitchesAndTransitions() throws Exception {
		outage();
		JsonNode events = get("/actuator/fallbackai/events").get("events");
		assertThat(events.findValuesAsText("type")).containsExactly("switched", "opened", "switched", "switched");
		JsonNode opened = events.get(1);
		assertThat(opened.get("endpoint").asText()).isEqualTo("primary");
		assertThat(opened.get("reason").asText()).isEqualTo("SERVER_ERROR");
		assertThat(opened.get("instance").asText()).isEqualTo("pod-7");
		assertThat(Duration.parse(opened.get("length").asText())).isEqualTo(Duration.ofSeconds(10));
		assertThat(events.get(0).get("to").asText()).isEqualTo("backup");
	}

	@Test
	void carriesOperationsOut() throws Exception {
		JsonNode answer = post("primary", "{\"action\":\"disable\",\"for\":\"30m\",\"reason\":\"maintenance\"}");
		assertThat(answer).isEqualTo(this.json
			.readTree("{\"endpoint\":\"primary\",\"action\":\"disable\",\"scope\":\"instance\",\"for\":\"PT30M\"}"));
		JsonNode disabled = get("/actuator/fallbackai/primary");
		assertThat(disabled.get("available").asBoolean()).isFalse();
		assertThat(disabled.get("skipReason").asText()).isEqualTo("DISABLED");
		assertThat(this.template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("backup");
		post("primary", "{\"action\":\"enable\"}");
		assertThat(this.template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("primary");
		JsonNode events = get("/actuator/fallbackai/events").get("events");
		assertThat(events.findValuesAsText("type")).containsExactly("enable", "disable");
		assertThat(events.get(1).get("reason").asText()).isEqualTo("maintenance");
		assertThat(Duration.parse(events.get(1).get("length").asText())).isEqualTo(Duration.ofMinutes(30));
	}

	@Test
	void refusesDrillsUnlessTheApplicationEnablesThem() {
		this.web.post()
			.uri("/actuator/fallbackai/primary")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"action\":\"drill\",\"fault\":\"hang\",\"calls\":1}")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("drill: not enabled (expected: fallback.ai.drill.enabled=true)");
	}

	@Test
	void resetClosesABreaker() throws Exception {
		outage();
		primary.always(Outcome.healthy());
		post("primary", "{\"action\":\"reset\"}");
		assertThat(this.template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("primary");
	}

	@Test
	void reloadCredentialsEndsTheCoolDownOfAnAccount() throws Exception {
		primary.next(Outcome.status(401));
		assertThat(this.template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("backup");
		assertThat(get("/actuator/fallbackai/primary").get("skipReason").asText()).isEqualTo("COOLING_DOWN");
		post("primary", "{\"action\":\"reload-credentials\"}");
		assertThat(this.template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("primary");
	}

	@Test
	void saysWhyItRefuses() throws Exception {
		assertRefused("primary", "{\"action\":\"explode\"}", 400, "action: explode (expected: one of disable, enable,");
		assertRefused("primary", "{\"action\":\"disable\",\"for\":\"-5s\"}", 400, "for: -5s (expected: > 0)");
		assertRefused("primary", "{\"action\":\"disable\",\"for\":\"banana\"}", 400, "for: banana (expected:");
		assertRefused("primary", "{\"reason\":\"no action\"}", 400, "action: missing (expected: one of");
		assertRefused("primary", "{}", 400, "action: missing (expected: one of");
		assertRefused("nobody", "{\"action\":\"reset\"}", 404, "endpoint: nobody (expected: one of primary, backup)");
		assertRefused("x".repeat(2000), "{\"action\":\"reset\"}", 404, "endpoint: xxx");
	}

	@ParameterizedTest
	@ValueSource(strings = { "30", "\"30\"", "\"\"" })
	void takesNoLengthWithoutAUnit(String length) throws Exception {
		assertRefused("primary", "{\"action\":\"disable\",\"for\":" + length + "}", 400, "such as 30m");
		assertThat(get("/actuator/fallbackai/primary").get("available").asBoolean()).isTrue();
	}

	@Test
	void echoesNoLengthThatHasNoEffect() throws Exception {
		assertThat(post("primary", "{\"action\":\"disable\"}").has("for")).isFalse();
		assertThat(post("primary", "{\"action\":\"enable\",\"for\":\"30m\"}").has("for")).isFalse();
	}

	/** A page of another site can send these types, and JSON only if it is allowed to. */
	@Test
	void carriesNothingOutForAPageOfAnotherSite() throws Exception {
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
			this.web.post()
				.uri("/actuator/fallbackai/primary")
				.header("Origin", "https://evil.example")
				.header("Content-Type", type)
				.bodyValue("{\"action\":\"disable\"}".getBytes(StandardCharsets.UTF_8))
				.exchange()
				.expectStatus()
				.is4xxClientError()
				.expectBody()
				.returnResult();
		}
		this.web.options()
			.uri("/actuator/fallbackai/primary")
			.header("Origin", "https://evil.example")
			.header("Access-Control-Request-Method", "POST")
			.header("Access-Control-Request-Headers", "content-type")
			.exchange()
			.expectHeader()
			.doesNotExist("Access-Control-Allow-Origin")
			.expectBody()
			.returnResult();
		assertThat(get("/actuator/fallbackai/primary").get("available").asBoolean()).isTrue();
	}

	@Test
	void showsNoKey() throws Exception {
		outage();
		for (String path : new String[] { "fallbackai", "fallbackai/primary", "fallbackai/events", "health", "env",
				"configprops" }) {
			String body = this.web.mutate()
				.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
				.build()
				.get()
				.uri("/actuator/" + path)
				.exchange()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(body).as(path).isNotEmpty().doesNotContain("sk-secret");
		}
	}

	@Test
	void answersAsDocumented() throws Exception {
		outage();
		post("primary", "{\"action\":\"disable\",\"for\":\"30m\",\"reason\":\"maintenance\"}");
		DocumentedExample.verify("status", get("/actuator/fallbackai"));
		DocumentedExample.verify("endpoint", get("/actuator/fallbackai/backup"));
		DocumentedExample.verify("events", get("/actuator/fallbackai/events"));
		DocumentedExample.verify("health", get("/actuator/health").at("/components/fallbackAi"));
		DocumentedExample.verify("operation", post("primary", "{\"action\":\"disable\",\"for\":\"30m\"}"));
	}

	@Test
	void tellsHowLongAnEndpointIsSkipped() throws Exception {
		outage();
		assertThat(Duration.parse(get("/actuator/fallbackai/primary").get("skipRemaining").asText()))
			.isBetween(Duration.ofMillis(1), Duration.ofSeconds(30));
		post("primary", "{\"action\":\"disable\",\"for\":\"30m\"}");
		assertThat(Duration.parse(get("/actuator/fallbackai/primary").get("skipRemaining").asText()))
			.isBetween(Duration.ofMinutes(20), Duration.ofMinutes(30));
		post("primary", "{\"action\":\"disable\"}");
		assertThat(get("/actuator/fallbackai/primary").has("skipRemaining")).isFalse();
	}

	@Test
	void keepsAReasonToOneShortLine() throws Exception {
		String reason = "broken\\r\\n2026-01-01 ERROR forged " + "x".repeat(10_000);
		post("primary", "{\"action\":\"disable\",\"reason\":\"" + reason + "\"}");
		assertThat(get("/actuator/fallbackai/events").at("/events/0/reason").asText()).startsWith("broken 2026")
			.hasSizeLessThan(250);
	}

	private void outage() {
		primary.always(Outcome.status(500));
		for (int i = 0; i < 4; i++) {
			this.template.chat("Hello").block(PATIENCE);
		}
	}

	private JsonNode get(String path) throws Exception {
		return this.json.readTree(this.web.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

	private JsonNode post(String endpoint, String body) throws Exception {
		return this.json
			.readTree(exchange(endpoint, body).expectStatus().isOk().expectBody().returnResult().getResponseBody());
	}

	private void assertRefused(String endpoint, String body, int status, String why) throws Exception {
		byte[] answer = exchange(endpoint, body).expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBody();
		assertThat(this.json.readTree(answer).path("error").asText()).contains(why).hasSizeLessThan(250);
	}

	private WebTestClient.ResponseSpec exchange(String endpoint, String body) {
		return this.web.post()
			.uri("/actuator/fallbackai/" + endpoint)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
