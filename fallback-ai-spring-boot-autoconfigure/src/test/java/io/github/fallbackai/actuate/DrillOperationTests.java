// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@AutoConfigureWebTestClient(timeout = "60s")
@SpringBootTest(classes = ManagementEndpointTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.state-store.instance-id=pod-7", "fallback.ai.state-store.type=memory",
				"fallback.ai.drill.enabled=true", "fallback.ai.gateway.enabled=true",
				"fallback.ai.gateway.clients.web.api-key=sk-web", "management.endpoint.health.show-details=always",
				"management.health.redis.enabled=false", "management.endpoint.fallbackai.access=unrestricted",
				"management.endpoints.web.exposure.include=health,fallbackai" })
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class DrillOperationTests {

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

	@Autowired
	private EndpointControl control;

	@Autowired
	private Drills drills;

	@LocalServerPort
	private int port;

	@AfterEach
	void end() {
		this.drills.end("primary");
		this.control.reset("primary").block(PATIENCE);
	}

	@Test
	void beginsShowsAndEndsADrill(CapturedOutput output) throws Exception {
		JsonNode begun = post("""
				{"action":"drill","fault":"500","for":"5m","calls":50,"reason":"exercise"}""", 200);
		assertThat(begun.get("scope").asText()).isEqualTo("instance");
		assertThat(begun.at("/drill/callsLeft").asInt()).isEqualTo(50);
		assertThat(output).contains("WARN")
			.contains("Drill: endpoint primary fails on purpose in this instance (500) for 300000 ms at most"
					+ ", for 50 requests: exercise");

		assertThat(this.template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("backup");
		JsonNode shown = get("/actuator/fallbackai/primary").get("drill");
		assertThat(shown.get("fault").asText()).isEqualTo("500");
		assertThat(shown.get("hits").asInt()).isOne();
		assertThat(Duration.parse(shown.get("remaining").asText())).isLessThan(Duration.ofMinutes(5));
		assertThat(get("/actuator/health").at("/components/fallbackAi/details/drills/primary").asText())
			.isEqualTo("500");

		assertThat(post("{\"action\":\"drill\",\"fault\":\"off\"}", 200).has("drill")).isFalse();
		assertThat(get("/actuator/fallbackai/primary").has("drill")).isFalse();
		assertThat(get("/actuator/health").at("/components/fallbackAi/details/drills").isMissingNode()).isTrue();
		assertThat(output).contains("Drill at endpoint primary (500) is over after 1 failed requests");
		assertThat(this.template.chat("Hello").block(PATIENCE).endpoint()).isEqualTo("primary");
		JsonNode events = get("/actuator/fallbackai/events").get("events");
		assertThat(events.findValuesAsText("type")).startsWith("drill-ended", "switched", "drill-began");
		assertThat(events.get(2).get("reason").asText()).isEqualTo("500: exercise");
		assertThat(events.get(2).get("instance").asText()).isEqualTo("pod-7");
	}

	@Test
	void concernsCallsOfTheGatewayWithAHeader() throws Exception {
		post("""
				{"action":"drill","fault":"500","for":"5m","only":"rehearsal"}""", 200);
		assertThat(servedBy(null, false)).isEqualTo("primary");
		assertThat(servedBy("rehearsal", false)).isEqualTo("backup");
		assertThat(servedBy("rehearsal", true)).isEqualTo("backup");
		assertThat(servedBy("other", true)).isEqualTo("primary");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{'action':'drill','fault':'500'} | drill: without an end",
			"{'action':'drill','for':'5m'} | fault: missing",
			"{'action':'drill','fault':'501','for':'5m'} | fault: 501 (expected: one of 429, 500, hang, cut, off)",
			"{'action':'drill','fault':'500','for':'11m'} | length: PT11M (expected: > 0 and at most 10m)",
			"{'action':'drill','fault':'500','for':'30'} | for: 30",
			"{'action':'drill','fault':'500','calls':'many'} | calls: many (expected: a whole number)",
			"{'action':'drill','fault':'500','calls':0} | calls: 0 (expected: 1 to 10000)",
			"{'action':'drill','fault':'500','calls':1,'share':'2'} | share: 2.0",
			"{'action':'drill','fault':'500','calls':1,'only':' '} | only:",
			"{'action':'drill','fault':'cut','calls':1,'after':-1} | after: -1",
			"{'action':'disable','fault':'500'} | fault: 500 (expected: only with the action drill)" })
	void refusesWhatIsNoDrill(String body, String message) throws Exception {
		assertThat(post(body.replace('\'', '"'), 400).get("error").asText()).contains(message);
		assertThat(this.drills.running()).isEmpty();
	}

	/** At an endpoint of its own, because drills leave something behind for a second. */
	@Test
	void doesNotBeginAtAnEndpointThatFails() throws Exception {
		this.control.disable("primary", null, null).block(PATIENCE);
		backup.always(Outcome.status(429).withHeader("Retry-After", "300"));
		this.template.chat("Hello").onErrorComplete().block(PATIENCE);
		this.control.enable("primary").block(PATIENCE);
		assertThat(post("backup", "{\"action\":\"drill\",\"fault\":\"hang\",\"calls\":1}", 400).get("error").asText())
			.contains("fails or cools down already");
		this.control.reset("backup").block(PATIENCE);
	}

	private String servedBy(String mark, boolean stream) {
		return WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.responseTimeout(PATIENCE)
			.build()
			.post()
			.uri("/v1/chat/completions")
			.headers((headers) -> {
				headers.setBearerAuth("sk-web");
				if (mark != null) {
					headers.set("X-Fallback-AI-Drill", mark);
				}
			})
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(Map.of("model", "auto", "stream", stream, "messages",
					List.of(Map.of("role", "user", "content", "Hello"))))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getFirst("x-fallback-ai-endpoint");
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

	private JsonNode post(String body, int status) throws Exception {
		return post("primary", body, status);
	}

	private JsonNode post(String endpoint, String body, int status) throws Exception {
		return this.json.readTree(this.web.post()
			.uri("/actuator/fallbackai/{endpoint}", endpoint)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.returnResult()
			.getResponseBody());
	}

}
