// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Asks for values, over a socket, of endpoints that all answer the same.
 */
final class StructuredCall implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final ProviderSimulator provider = ProviderSimulator.create().start();

	private final AiFallbackTemplate ai = AiFallbackTemplate.builder()
		.endpoint(endpoint("primary"))
		.endpoint(endpoint("backup"))
		.build();

	/** The value that a call makes of an answer. */
	<T> T value(Class<T> type, String answer) {
		this.provider.always(Outcome.answer(answer));
		return this.ai.chatAs(ChatRequest.of("Which?"), type).block(LIMIT).value();
	}

	/** Sees that both endpoints' answers are rejected. */
	void rejects(Class<?> type, String answer) {
		assertThatExceptionOfType(AllEndpointsFailedException.class).as(answer)
			.isThrownBy(() -> value(type, answer))
			.withMessageContaining("REJECTED");
	}

	/** The schema that the last request had. */
	JsonNode schema() {
		return this.provider.requests().get(requests() - 1).body().at("/response_format/json_schema/schema");
	}

	int requests() {
		return this.provider.requests().size();
	}

	@Override
	public void close() {
		this.ai.close();
		this.provider.close();
	}

	private Endpoint endpoint(String name) {
		return Endpoint.named(name).provider("openai").url(URI.create(this.provider.url())).model("any").build();
	}

}
