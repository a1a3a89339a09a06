// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.observation.CallObservationContext;
import io.github.fallbackai.observation.StandardMeterObservationHandler;
import io.github.fallbackai.sse.ChatEvents;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.netty.util.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reactive application that has everything but Redis.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "spring.main.web-application-type=reactive",
		"fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
		"fallback.ai.endpoints[0].api-key=sk-secret-of-primary", "fallback.ai.endpoints[1].name=backup",
		"fallback.ai.endpoints[1].model=small", "fallback.ai.endpoints[2].name=remote",
		"fallback.ai.endpoints[2].model=far", "fallback.ai.endpoints[2].url=https://llm.example.com",
		"fallback.ai.state-store.type=memory", "fallback.ai.defaults.circuit-breaker.failure-threshold=100",
		"fallback.ai.health.unavailable-status=OUT_OF_SERVICE",
		"resilience4j.circuitbreaker.instances.backup.minimum-number-of-calls=13", "fallback.ai.gateway.enabled=true",
		"fallback.ai.gateway.clients.web.api-key=client-key-of-a-test", "management.endpoints.web.exposure.include=*",
		"management.endpoint.fallbackai.access=unrestricted", "management.endpoint.health.show-details=always",
		"management.endpoint.env.show-values=always", "management.health.redis.enabled=false",
		"fallback.ai.drill.enabled=true", "fallback.ai.dashboard.enabled=true" })
@Tag("slow")
class ReactiveApplicationTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private CircuitBreakerRegistry breakers;

	@Autowired
	private JsonMapper json;

	private int port;

	@BeforeEach
	void connect(@Value("${local.server.port}") int port) {
		this.port = port;
	}

	@Test
	void runsOnTheLibrariesOfSpringBoot4() {
		assertThat(SpringBootVersion.getVersion()).startsWith("4.");
		assertThat(Version.identify().get("netty-common").artifactVersion()).startsWith("4.2.");
	}

	@Test
	void answersFromTheNextEndpointAsJson() throws Exception {
		primary.next(Outcome.status(503));
		JsonNode response = json(get("/response"));
		assertThat(response.get("text").asString()).isEqualTo(backup.answerTo("Hello"));
		assertThat(response.at("/attempts/0/failure").asString()).isEqualTo("OVERLOADED");
		ChatResponse again = this.json.treeToValue(response, ChatResponse.class);
		assertThat(again.attempts()).hasSize(2);
		assertThat(this.json.writeValueAsString(again)).isEqualTo(response.toString());
	}

	@Test
	void continuesAStreamThatBreaks() throws Exception {
		primary.next(Outcome.healthy().cutAfterTokens(2));
		String events = get("/events");
		assertThat(events.lines().filter((line) -> line.startsWith("event:")).distinct()).containsExactly("event:delta",
				"event:switch", "event:done");
		assertThat(events).contains("\"endpoint\":\"backup\"");
	}

	@Test
	void saysWhichEndpointIsActive() throws Exception {
		HttpResponse<String> up = send(request("/actuator/health"));
		assertThat(up.statusCode()).isEqualTo(200);
		JsonNode health = json(up.body()).at("/components/fallbackAi");
		assertThat(health.at("/details/activeEndpoint").asString()).isEqualTo("primary");
		assertThat(health.at("/details/endpoints/backup/available").asBoolean()).isTrue();
		assertThat(health.at("/details/endpoints/remote").isMissingNode()).isTrue();
		this.breakers.getAllCircuitBreakers().forEach(CircuitBreaker::transitionToForcedOpenState);
		try {
			HttpResponse<String> down = send(request("/actuator/health"));
			assertThat(down.statusCode()).isEqualTo(503);
			assertThat(json(down.body()).at("/components/fallbackAi/status").asString()).isEqualTo("OUT_OF_SERVICE");
		}
		finally {
			this.breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
		}
	}

	@Test
	void operatorsChangeTheState() throws Exception {
		assertThat(operate("{\"action\":\"disable\",\"for\":\"30m\",\"reason\":\"maintenance\"}").statusCode())
			.isEqualTo(200);
		JsonNode status = json(get("/actuator/fallbackai"));
		assertThat(status.at("/endpoints/primary/skipReason").asString()).isEqualTo("DISABLED");
		assertThat(json(get("/response")).get("endpoint").asString()).isEqualTo("backup");
		HttpResponse<String> refused = operate("{\"action\":\"explode\"}");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(json(refused.body()).path("error").asString()).startsWith("action: explode (expected: one of");
		assertThat(operate("{\"action\":\"enable\"}").statusCode()).isEqualTo(200);
		assertThat(json(get("/actuator/fallbackai/events")).at("/events/0/type").asString()).isEqualTo("enable");
	}

	@Test
	void takesItsBreakersFromResilience4j() throws Exception {
		assertThat(get("/actuator/circuitbreakers")).contains("primary", "backup");
		assertThat(this.breakers.circuitBreaker("backup").getCircuitBreakerConfig().getMinimumNumberOfCalls())
			.isEqualTo(13);
	}

	@Test
	void isAGateway() throws Exception {
		primary.next(Outcome.status(500));
		HttpResponse<String> answer = send(
				completion("{\"model\":\"auto\",\"messages\":" + "[{\"role\":\"user\",\"content\":\"Hello\"}]}"));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("x-fallback-ai-endpoint")).contains("backup");
		assertThat(json(answer.body()).at("/choices/0/message/content").asString()).isEqualTo(backup.answerTo("Hello"));
		HttpResponse<String> stream = send(completion(
				"{\"model\":\"auto\",\"stream\":true,\"messages\":" + "[{\"role\":\"user\",\"content\":\"Hello\"}]}"));
		assertThat(stream.body()).startsWith("data:").contains("data: [DONE]");
		HttpResponse<String> refused = send(request("/v1/models"));
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(json(refused.body()).at("/error/message").asString()).isNotBlank();
	}

	@Test
	void counts() throws Exception {
		get("/response");
		assertThat(get("/actuator/prometheus")).contains("fallback_ai_calls_", "fallback_ai_active",
				"gen_ai_client_operation_duration_", "resilience4j_circuitbreaker_state");
	}

	@Test
	void looksMetersOfObservationsUpOnce(@Autowired StandardMeterObservationHandler handler) {
		assertThat(handler.supportsContext(new CallObservationContext(new CallInfo("1", "default", null)))).isTrue();
	}

	@Test
	void showsNoKey() throws Exception {
		assertThat(get("/actuator/env")).contains("fallback.ai.endpoints[0].api-key").doesNotContain("sk-secret");
	}

	@Test
	void needsNoWebClientBuilder(@Autowired(required = false) WebClient.Builder builder) {
		assertThat(builder).isNull();
	}

	@Test
	void operatorsRehearseAFailover() throws Exception {
		assertThat(operate("{\"action\":\"drill\",\"fault\":\"500\",\"calls\":\"1\"}").statusCode()).isEqualTo(200);
		assertThat(json(get("/actuator/health")).at("/components/fallbackAi/details/drills/primary").asString())
			.isEqualTo("500");
		assertThat(json(get("/response")).get("endpoint").asString()).isEqualTo("backup");
		assertThat(json(get("/actuator/fallbackai/primary")).has("drill")).isFalse();
	}

	@Test
	void showsTheDashboardAndStreamsEvents() throws Exception {
		assertThat(get("/actuator/fallbackaidashboard")).contains("<title>fallback-ai dashboard</title>");
		assertThat(get("/actuator/fallbackaidashboard/access")).contains("true");
		HttpResponse<Stream<String>> events = this.client.send(
				request("/actuator/fallbackai/events").header("Accept", "text/event-stream").build(),
				BodyHandlers.ofLines());
		try (Stream<String> lines = events.body()) {
			assertThat(lines.filter((line) -> line.startsWith("event:")).limit(2)).containsExactly("event:events",
					"event:status");
		}
	}

	private String get(String path) throws Exception {
		HttpResponse<String> response = send(request(path));
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return response.body();
	}

	private HttpResponse<String> operate(String body) throws Exception {
		return send(request("/actuator/fallbackai/primary").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder completion(String body) {
		return request("/v1/chat/completions").header("Content-Type", "application/json")
			.header("Authorization", "Bearer client-key-of-a-test")
			.POST(BodyPublishers.ofString(body));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private JsonNode json(String text) {
		return this.json.readTree(text);
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(ChatController.class)
	static class Application {

	}

	/**
	 * Its controller.
	 */
	@RestController
	static class ChatController {

		private final AiFallbackTemplate ai;

		ChatController(AiFallbackTemplate ai) {
			this.ai = ai;
		}

		@GetMapping("/response")
		Mono<ChatResponse> response() {
			return this.ai.chat("Hello");
		}

		@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<ServerSentEvent<String>> events() {
			return ChatEvents.toSse(this.ai.stream(ChatRequest.of("Hello")));
		}

	}

}
