package io.github.fallbackai.servlet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.sse.ChatEvents;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].api-key=sk-secret-of-primary", "fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].model=small", "fallback.ai.defaults.circuit-breaker.failure-threshold=100",
				"management.endpoints.web.exposure.include=*", "management.endpoint.fallbackai.access=unrestricted",
				"management.endpoint.health.show-details=always", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always" })
@Tag("slow")
class ServletApplicationTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@Autowired
	private TestRestTemplate client;

	@Autowired
	private ApplicationContext context;

	@Test
	void answersFromTheNextEndpointOnAServletContainer() {
		assertThat(this.context).isInstanceOf(ServletWebServerApplicationContext.class);
		assertThat(get("/answer")).isEqualTo("primary");
		primary.next(Outcome.status(500));
		assertThat(get("/answer")).isEqualTo("backup");
		primary.next(Outcome.healthy().cutAfterTokens(2));
		assertThat(get("/blocking")).isEqualTo("backup");
	}

	@Test
	void streamsServerSentEvents() {
		String events = get("/stream");
		assertThat(events).startsWith("data:");
		assertThat(events.replaceAll("(?m)^data:|\\n", "")).isEqualTo(backup.answerTo("Hello"));
	}

	@Test
	void streamsEventsWithTheirNames() {
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
		HttpHeaders again = new HttpHeaders();
		again.set("Last-Event-ID", "asked");
		ResponseEntity<String> second = this.client.exchange("/once", HttpMethod.GET, new HttpEntity<>(again),
				String.class);
		assertThat(second.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
		assertThat(primary.requestCount()).isEqualTo(before);
	}

	@Test
	void showsAndChangesTheStateThroughActuator() throws Exception {
		JsonNode health = json(get("/actuator/health")).at("/components/fallbackAi/details");
		assertThat(health.get("activeEndpoint").asText()).isEqualTo("primary");
		JsonNode answer = json(post("{\"action\":\"disable\",\"for\":\"30m\",\"reason\":\"maintenance\"}").getBody());
		assertThat(answer.get("scope").asText()).isEqualTo("instance");
		assertThat(json(get("/actuator/fallbackai")).at("/endpoints/primary/skipReason").asText())
			.isEqualTo("DISABLED");
		assertThat(get("/answer")).isEqualTo("backup");
		ResponseEntity<String> refused = post("{\"action\":\"explode\"}");
		assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(json(refused.getBody()).path("error").asText()).startsWith("action: explode (expected: one of");
		assertThat(post("nobody", "{\"action\":\"reset\"}").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(post("{\"action\":\"enable\"}").getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(json(get("/actuator/fallbackai/primary")).get("available").asBoolean()).isTrue();
		assertThat(json(get("/actuator/fallbackai/events")).at("/events/0/type").asText()).isEqualTo("enable");
	}

	@Test
	void showsNoKey() {
		assertThat(get("/actuator/env")).contains("fallback.ai.endpoints[0].api-key").doesNotContain("sk-secret");
		assertThat(get("/actuator/configprops")).contains("\"large\"").doesNotContain("sk-secret");
	}

	private String get(String path) {
		ResponseEntity<String> response = this.client.getForEntity(path, String.class);
		assertThat(response.getStatusCode()).as(path).isEqualTo(HttpStatus.OK);
		return String.valueOf(response.getBody());
	}

	private ResponseEntity<String> post(String body) {
		return post("primary", body);
	}

	private ResponseEntity<String> post(String endpoint, String body) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_JSON);
		return this.client.postForEntity("/actuator/fallbackai/" + endpoint, new HttpEntity<>(body, headers),
				String.class);
	}

	private static JsonNode json(String text) throws Exception {
		return new ObjectMapper().readTree(text);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(ChatController.class)
	static class Application {

	}

	@RestController
	static class ChatController {

		private final AiFallbackTemplate ai;

		ChatController(AiFallbackTemplate ai) {
			this.ai = ai;
		}

		@GetMapping("/answer")
		Mono<String> answer() {
			return this.ai.chat("Hello").map(ChatResponse::endpoint);
		}

		@GetMapping("/blocking")
		String blocking() {
			return this.ai.chat("Hello").blockOptional().orElseThrow().endpoint();
		}

		@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> stream() {
			return this.ai.streamText("Hello");
		}

		@GetMapping(path = "/once", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		ResponseEntity<Flux<ServerSentEvent<String>>> once(
				@RequestHeader(name = "Last-Event-ID", required = false) String lastEventId) {
			return ChatEvents.once(lastEventId, ChatEvents.textToSse(this.ai.streamText("Hello")));
		}

		@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<ServerSentEvent<String>> events() {
			return ChatEvents.toSse(this.ai.stream(ChatRequest.of("Hello")));
		}

	}

}
