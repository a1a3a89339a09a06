// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * LangChain4j on the JDK's HTTP client.
 */
final class LangChain4j implements Client {

	private final OpenAiChatModel model;

	private final OpenAiStreamingChatModel streaming;

	LangChain4j(URI provider) {
		this.model = OpenAiChatModel.builder()
			.baseUrl(provider.toString())
			.apiKey(KEY)
			.modelName(MODEL)
			.maxRetries(0)
			.build();
		this.streaming = OpenAiStreamingChatModel.builder()
			.baseUrl(provider.toString())
			.apiKey(KEY)
			.modelName(MODEL)
			.build();
	}

	@Override
	public Mono<String> call() {
		return Blocking.call(() -> this.model.chat(PROMPT));
	}

	@Override
	public Mono<Long> stream() {
		return Mono.create((sink) -> this.streaming.chat(PROMPT, new Counter(sink)));
	}

	private static final class Counter implements StreamingChatResponseHandler {

		private final MonoSink<Long> sink;

		private long characters;

		Counter(MonoSink<Long> sink) {
			this.sink = sink;
		}

		@Override
		public void onPartialResponse(String text) {
			this.characters += text.length();
		}

		@Override
		public void onCompleteResponse(ChatResponse response) {
			this.sink.success(this.characters);
		}

		@Override
		public void onError(Throwable error) {
			this.sink.error(error);
		}

	}

}
