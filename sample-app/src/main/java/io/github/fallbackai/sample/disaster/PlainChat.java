// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.disaster;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * A chat as people write it without the library: one provider, three retries with growing
 * pauses, and a limit for silence. An answer that has begun is not asked for again,
 * because the user would read its beginning twice.
 */
final class PlainChat {

	private static final int RETRIES = 3;

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebClient client;

	private final String model;

	private final Story story;

	private final ObjectMapper mapper = new ObjectMapper();

	PlainChat(String url, String model, Story story) {
		this.client = WebClient.create(url);
		this.model = model;
		this.story = story;
	}

	/** The answer, piece by piece. */
	Flux<String> stream(String question) {
		return Flux.defer(() -> {
			AtomicBoolean begun = new AtomicBoolean();
			return once(question).doOnNext((text) -> begun.set(true))
				.retryWhen(Retry.backoff(RETRIES, this.story.backoff())
					.jitter(0)
					.filter((failure) -> !begun.get() && passing(failure))
					.onRetryExhaustedThrow((retry, signal) -> signal.failure()));
		});
	}

	/** What went wrong, for the user. */
	static String explain(Throwable failure) {
		// It is also thrown when the body of a good response breaks off.
		if (failure instanceof WebClientResponseException response && response.getStatusCode().isError()) {
			return "The provider answered with status " + response.getStatusCode().value() + ".";
		}
		return (failure instanceof TimeoutException) ? "The provider said nothing for too long."
				: "The connection to the provider broke.";
	}

	private Flux<String> once(String question) {
		return this.client.post()
			.uri("/chat/completions")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(Map.of("model", this.model, "stream", true, "messages",
					List.of(Map.of("role", "user", "content", question))))
			.retrieve()
			.bodyToFlux(EVENT)
			.timeout(this.story.patience())
			.mapNotNull(ServerSentEvent::data)
			.takeUntil("[DONE]"::equals)
			.filter((data) -> !"[DONE]".equals(data))
			.map(this::text)
			.filter((text) -> !text.isEmpty());
	}

	private String text(String data) {
		try {
			JsonNode chunk = this.mapper.readTree(data);
			return chunk.at("/choices/0/delta/content").asText("");
		}
		catch (IOException ex) {
			throw new IllegalStateException("A chunk cannot be read", ex);
		}
	}

	private static boolean passing(Throwable failure) {
		if (failure instanceof WebClientResponseException response) {
			return response.getStatusCode().is5xxServerError() || response.getStatusCode().value() == 429;
		}
		return failure instanceof TimeoutException || failure instanceof WebClientRequestException;
	}

}
