// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.sse.ChatEvents;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The streams of README and {@code docs/streams-in-a-browser.md}, and what is wrong with
 * other ones.
 */
@RestController
class StreamController {

	private final AiFallbackTemplate ai;

	StreamController(AiFallbackTemplate ai) {
		this.ai = ai;
	}

	@GetMapping(path = "/page", produces = MediaType.TEXT_HTML_VALUE)
	String page() {
		return "<!doctype html><link rel=icon href=data:,><title>A page</title>";
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	ResponseEntity<Flux<ServerSentEvent<String>>> events(@RequestParam String question,
			@RequestHeader(name = "Last-Event-ID", required = false) String lastEventId) {
		return ChatEvents.once(lastEventId, ChatEvents.toSse(this.ai.stream(ChatRequest.of(question))));
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> stream(@RequestParam String question) {
		return ChatEvents.textToSse(this.ai.streamText(question));
	}

	@GetMapping(path = "/plain", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> plain(@RequestParam String question) {
		return this.ai.streamText(question);
	}

	/** Lets the browser come again at once. */
	@GetMapping(path = "/hasty", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	ResponseEntity<Flux<ServerSentEvent<String>>> hasty(@RequestParam String question,
			@RequestHeader(name = "Last-Event-ID", required = false) String lastEventId) {
		return ChatEvents.once(lastEventId,
				stream(question).map((event) -> ServerSentEvent.<String>builder()
					.id("asked")
					.retry(Duration.ofMillis(1))
					.event(String.valueOf(event.event()))
					.data(String.valueOf(event.data()))
					.build()));
	}

	/** Ends before the answer does. */
	@GetMapping(path = "/broken/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> broken(@RequestParam String question) {
		return ChatEvents.toSse(this.ai.stream(ChatRequest.of(question))).take(2);
	}

}
