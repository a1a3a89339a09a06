// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.servlet;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.sse.ChatEvents;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers in every form that Spring MVC has.
 */
@RestController
class ChatController {

	private final AiFallbackTemplate ai;

	private volatile @Nullable Thread server;

	ChatController(AiFallbackTemplate ai) {
		this.ai = ai;
	}

	/** The thread that the last request came on. */
	@Nullable Thread server() {
		return this.server;
	}

	@GetMapping("/answer")
	Mono<String> answer() {
		return this.ai.chat("Hello").map(ChatResponse::endpoint);
	}

	@GetMapping("/response")
	Mono<ChatResponse> response() {
		return this.ai.chat("Hello");
	}

	@GetMapping("/blocking")
	String blocking() {
		this.server = Thread.currentThread();
		return this.ai.chat("Hello").blockOptional().orElseThrow().endpoint();
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> stream() {
		return this.ai.streamText("Hello");
	}

	@GetMapping(path = "/once", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	ResponseEntity<Flux<ServerSentEvent<String>>> once(
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		return ChatEvents.once(lastEventId, ChatEvents.textToSse(this.ai.streamText("Hello")));
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> events() {
		this.server = Thread.currentThread();
		return ChatEvents.toSse(this.ai.stream(ChatRequest.of("Hello")));
	}

}
