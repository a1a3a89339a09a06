// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import reactor.core.publisher.Mono;

/**
 * OpenAI's own library, asynchronously.
 */
final class OpenAiJava implements Client {

	private final OpenAIClientAsync client;

	private final ChatCompletionCreateParams request = ChatCompletionCreateParams.builder()
		.model(MODEL)
		.addUserMessage(PROMPT)
		.build();

	OpenAiJava(URI provider) {
		this.client = OpenAIOkHttpClientAsync.builder().baseUrl(provider.toString()).apiKey(KEY).maxRetries(0).build();
	}

	@Override
	public Mono<String> call() {
		return Mono.fromFuture(() -> this.client.chat().completions().create(this.request))
			.map((answer) -> answer.choices().get(0).message().content().orElse(""));
	}

	@Override
	public Mono<Long> stream() {
		return Mono.defer(() -> {
			AtomicLong characters = new AtomicLong();
			AsyncStreamResponse<ChatCompletionChunk> stream = this.client.chat()
				.completions()
				.createStreaming(this.request);
			stream.subscribe((chunk) -> characters.addAndGet(length(chunk)));
			return Mono.fromFuture(stream::onCompleteFuture).then(Mono.fromSupplier(characters::get));
		});
	}

	private static int length(ChatCompletionChunk chunk) {
		return chunk.choices().stream().mapToInt((choice) -> choice.delta().content().orElse("").length()).sum();
	}

}
