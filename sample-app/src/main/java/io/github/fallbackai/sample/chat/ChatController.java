// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.sse.ChatEvents;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The chatbot. It knows no provider and no failover, because the library does that part.
 */
@RestController
@RequestMapping("/api/chat")
class ChatController {

	private final AiFallbackOperations ai;

	ChatController(AiFallbackOperations ai) {
		this.ai = ai;
	}

	@PostMapping
	Mono<Reply> chat(@RequestBody Question question) {
		return this.ai.chat(question.request()).map(Reply::of);
	}

	/**
	 * When the stream has begun, its status has been sent. From then on, a failed call is
	 * an event like any other. The page does not show reasoning. A client that goes away
	 * cancels the call, and with it the provider's request.
	 */
	@PostMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> stream(@RequestBody Question question) {
		return ChatEvents.toSse(
				this.ai.stream(question.request()).filter((event) -> event.type() != ChatEvent.Type.REASONING_DELTA));
	}

}
