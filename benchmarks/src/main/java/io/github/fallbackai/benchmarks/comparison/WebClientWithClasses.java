// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What an application writes that has no library: WebClient, Jackson, and a class for
 * each part of requests and answers.
 */
final class WebClientWithClasses implements Client {

	private final WebClient http = RawWebClient.builder().build();

	private final ObjectMapper mapper = new ObjectMapper();

	private final URI target;

	WebClientWithClasses(URI provider) {
		this.target = URI.create(provider + "/chat/completions");
	}

	@Override
	public Mono<String> call() {
		return send(false).bodyToMono(Answer.class).map((answer) -> text(answer.choices().get(0).message()));
	}

	@Override
	public Mono<Long> stream() {
		return send(true).bodyToFlux(String.class)
			.filter((event) -> !event.equals("[DONE]"))
			.map(this::parse)
			.map((answer) -> text(answer.choices().get(0).delta()).length())
			.reduce(0L, Long::sum);
	}

	private WebClient.ResponseSpec send(boolean streaming) {
		return this.http.post()
			.uri(this.target)
			.header("Authorization", "Bearer " + KEY)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Request(MODEL, List.of(new Message("user", PROMPT)), streaming))
			.retrieve();
	}

	private Answer parse(String event) {
		try {
			return this.mapper.readValue(event, Answer.class);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("not an event of a chat completion", ex);
		}
	}

	private static String text(@Nullable Message message) {
		return (message != null && message.content() != null) ? message.content() : "";
	}

	private record Request(String model, List<Message> messages, boolean stream) {

	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Message(@Nullable String role, @Nullable String content) {

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Choice(@Nullable Message message, @Nullable Message delta) {

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Answer(List<Choice> choices) {

	}

}
