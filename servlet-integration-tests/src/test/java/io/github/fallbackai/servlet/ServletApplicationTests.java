// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.servlet;

import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].api-key=sk-secret-of-primary", "fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].model=small", "fallback.ai.defaults.circuit-breaker.failure-threshold=100",
				"management.endpoints.web.exposure.include=*", "management.endpoint.fallbackai.access=unrestricted",
				"management.endpoint.health.show-details=always", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "fallback.ai.state-store.type=memory",
				"management.health.redis.enabled=false", "fallback.ai.drill.enabled=true",
				"fallback.ai.dashboard.enabled=true" })
@Tag("slow")
class ServletApplicationTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private Http http;

	@BeforeEach
	void connect(@Value("${local.server.port}") int port) {
		this.http = new Http(port);
	}

	@Test
	void answersFromTheNextEndpointOnAServletContainer(@Autowired ApplicationContext context) throws Exception {
		assertThat(context).isInstanceOf(WebApplicationContext.class);
		assertThat(get("/answer")).isEqualTo("primary");
		primary.next(Outcome.status(500));
		assertThat(get("/answer")).isEqualTo("backup");
		primary.next(Outcome.healthy().cutAfterTokens(2));
		assertThat(get("/blocking")).isEqualTo("backup");
	}

	@Test
	void answersWithAWholeResponseAsJson() throws Exception {
		primary.next(Outcome.status(503));
		JsonNode response = json(get("/response"));
		assertThat(response.get("text").asText()).isEqualTo(backup.answerTo("Hello"));
		assertThat(response.get("degraded").asBoolean()).isTrue();
		assertThat(response.at("/attempts/0/failure").asText()).isEqualTo("OVERLOADED");
		assertThat(response.at("/attempts/1/duration").asText()).startsWith("PT");
	}

	@Test
	void streamsServerSentEvents() throws Exception {
		String events = get("/stream");
		assertThat(events).startsWith("data:");
		assertThat(events.replaceAll("(?m)^data:|\\n", "")).isEqualTo(backup.answerTo("Hello"));
	}

	@Test
	void streamsEventsWithTheirNames() throws Exception {
		primary.next(Outcome.status(500));
		String events = get("/events");
		assertThat(events.lines().filter((line) -> line.startsWith("event:")).distinct())
			.containsExactly("event:switch", "event:delta", "event:done");
		assertThat(events.lines().filter((line) -> line.startsWith("data:")))
			.allSatisfy((line) -> assertThat(json(line.substring("data:".length())).isObject()).isTrue())
			.last()
			.asString()
			.contains("\"endpoint\":\"backup\"");
	}

	@Test
	void streamsTextThatKeepsItsSpacesAndAnswersABrowserOnce() throws Exception {
		String events = get("/once");
		assertThat(events).startsWith("id:asked\n").containsOnlyOnce("retry:86400000\n");
		StringBuilder text = new StringBuilder();
		for (String line : events.lines().filter((candidate) -> candidate.startsWith("data:")).toList()) {
			text.append(json(line.substring("data:".length())).path("text").asText());
		}
		assertThat(text).hasToString(primary.answerTo("Hello"));
		assertThat(events).endsWith("event:done\ndata:{}\n\n");
		int before = primary.requestCount();
		assertThat(this.http.get("/once", "Last-Event-ID", "asked").statusCode()).isEqualTo(204);
		assertThat(primary.requestCount()).isEqualTo(before);
	}

	@Test
	void showsAndChangesTheStateThroughActuator() throws Exception {
		JsonNode health = json(get("/actuator/health")).at("/components/fallbackAi/details");
		assertThat(health.get("activeEndpoint").asText()).isEqualTo("primary");
		JsonNode answer = json(post("{\"action\":\"disable\",\"for\":\"30m\",\"reason\":\"maintenance\"}").body());
		assertThat(answer.get("scope").asText()).isEqualTo("instance");
		assertThat(json(get("/actuator/fallbackai")).at("/endpoints/primary/skipReason").asText())
			.isEqualTo("DISABLED");
		assertThat(get("/answer")).isEqualTo("backup");
		HttpResponse<String> refused = post("{\"action\":\"explode\"}");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(json(refused.body()).path("error").asText()).startsWith("action: explode (expected: one of");
		assertThat(post("nobody", "{\"action\":\"reset\"}").statusCode()).isEqualTo(404);
		assertThat(post("{\"action\":\"enable\"}").statusCode()).isEqualTo(200);
		assertThat(json(get("/actuator/fallbackai/primary")).get("available").asBoolean()).isTrue();
		assertThat(json(get("/actuator/fallbackai/events")).at("/events/0/type").asText()).isEqualTo("enable");
	}

	@Test
	void showsNoKey() throws Exception {
		assertThat(get("/actuator/env")).contains("fallback.ai.endpoints[0].api-key").doesNotContain("sk-secret");
		assertThat(get("/actuator/configprops")).contains("\"large\"").doesNotContain("sk-secret");
	}

	@Test
	void operatorsRehearseAFailover() throws Exception {
		assertThat(post("{\"action\":\"drill\",\"fault\":\"500\",\"calls\":1}").statusCode()).isEqualTo(200);
		assertThat(get("/answer")).isEqualTo("backup");
		assertThat(get("/answer")).isEqualTo("primary");
	}

	/**
	 * There is no stream of events on a servlet container. The page asks again and again.
	 */
	@Test
	void showsTheDashboard() throws Exception {
		assertThat(get("/actuator/fallbackaidashboard")).contains("<title>fallback-ai dashboard</title>");
		assertThat(get("/actuator/fallbackaidashboard/dashboard.js")).contains("import");
		assertThat(json(get("/actuator/fallbackaidashboard/access")).get("drills").asBoolean()).isTrue();
		HttpResponse<String> events = this.http.get("/actuator/fallbackai/events", "Accept",
				"text/event-stream, application/json;q=0.5");
		assertThat(json(events.body()).get("events").isArray()).isTrue();
	}

	private String get(String path) throws Exception {
		return this.http.get(path);
	}

	private HttpResponse<String> post(String body) throws Exception {
		return post("primary", body);
	}

	private HttpResponse<String> post(String endpoint, String body) throws Exception {
		return this.http.post("/actuator/fallbackai/" + endpoint, body);
	}

	private static JsonNode json(String text) throws Exception {
		return Http.json(text);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(ChatController.class)
	static class Application {

	}

}
