// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;

import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.web.client.RestClient;
import reactor.core.publisher.Mono;

/**
 * Spring AI. Its whole answers come over RestClient, its streams over WebClient.
 */
final class SpringAi implements Client {

	private final OpenAiChatModel model;

	SpringAi(URI provider) {
		OpenAiApi api = OpenAiApi.builder()
			.baseUrl(provider.toString().replaceAll("/v1$", ""))
			.apiKey(KEY)
			.restClientBuilder(RestClient.builder())
			.webClientBuilder(RawWebClient.builder())
			.build();
		this.model = OpenAiChatModel.builder()
			.openAiApi(api)
			.defaultOptions(OpenAiChatOptions.builder().model(MODEL).build())
			.build();
	}

	@Override
	public Mono<String> call() {
		return Blocking.call(() -> this.model.call(PROMPT));
	}

	@Override
	public Mono<Long> stream() {
		return this.model.stream(PROMPT).map(String::length).reduce(0L, Long::sum);
	}

}
