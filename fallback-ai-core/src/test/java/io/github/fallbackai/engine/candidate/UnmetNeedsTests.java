// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Need;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an endpoint cannot do keeps only requests with that need from it, for a while.
 */
class UnmetNeedsTests {

	private static final Endpoint ENDPOINT = Endpoint.named("a")
		.provider("openai")
		.url(URI.create("http://127.0.0.1:1/v1"))
		.model("m")
		.build();

	private static final PricedRequest TEXT = priced(ChatRequest.of("hello"));

	private static final PricedRequest IMAGE = priced(ChatRequest.builder()
		.message(new UserMessage(
				List.of(new TextPart("What is it?"), new ImagePart(URI.create("https://example.org/a.png")))))
		.build());

	private static final PricedRequest TOOLS = priced(
			ChatRequest.builder().user("hello").tool(new ToolDefinition("weather", "The weather", "{}")).build());

	private final AtomicLong clock = new AtomicLong();

	private final UnmetNeeds needs = new UnmetNeeds(this.clock::get);

	@Test
	void concernsRequestsWithTheSameNeedOnly() {
		this.needs.refused(Need.IMAGES, IMAGE, ENDPOINT);
		assertThat(this.needs.of(IMAGE, ENDPOINT)).isEqualTo(new UnmetNeed(Need.IMAGES, Duration.ofMinutes(10)));
		assertThat(this.needs.of(TEXT, ENDPOINT)).isNull();
		assertThat(this.needs.of(TOOLS, ENDPOINT)).isNull();
		assertThat(this.needs.all()).containsExactly(Need.IMAGES);
	}

	@Test
	void isForgottenAfterTenMinutes() {
		this.needs.refused(Need.TOOLS, TOOLS, ENDPOINT);
		this.clock.set(Duration.ofMinutes(10).toNanos());
		assertThat(this.needs.of(TOOLS, ENDPOINT)).isNull();
		assertThat(this.needs.all()).isEmpty();
	}

	@Test
	void isForgottenWhenARequestWithThatNeedIsAnswered() {
		this.needs.refused(Need.TOOLS, TOOLS, ENDPOINT);
		this.needs.answered(TEXT, ENDPOINT);
		assertThat(this.needs.of(TOOLS, ENDPOINT)).isNotNull();
		this.needs.answered(TOOLS, ENDPOINT);
		assertThat(this.needs.of(TOOLS, ENDPOINT)).isNull();
	}

	@Test
	void learnsNothingFromARequestWithoutThatNeed() {
		this.needs.refused(Need.TOOLS, TEXT, ENDPOINT);
		this.needs.refused(Need.STREAMING, TEXT, ENDPOINT);
		this.needs.refused(Need.PARAMETER, TEXT, ENDPOINT);
		this.needs.refused(Need.OUTPUT_TOKENS, TEXT, ENDPOINT);
		assertThat(this.needs.all()).isEmpty();
	}

	@Test
	void asManyTokensOrMoreAreTheSameNeed() {
		this.needs.refused(Need.OUTPUT_TOKENS, tokens(4000), ENDPOINT);
		this.needs.refused(Need.OUTPUT_TOKENS, tokens(5000), ENDPOINT);
		assertThat(this.needs.of(tokens(3999), ENDPOINT)).isNull();
		assertThat(this.needs.of(tokens(4000), ENDPOINT)).isNotNull();
	}

	@Test
	void aLongPromptKeepsNoShortOneFromTheEndpoint() {
		this.needs.refused(Need.REQUEST_SIZE, priced(ChatRequest.of("word ".repeat(9000))), ENDPOINT);
		assertThat(this.needs.of(priced(ChatRequest.of("word ".repeat(10_000))), ENDPOINT)).isNotNull();
		assertThat(this.needs.of(TEXT, ENDPOINT)).isNull();
	}

	@Test
	void aParameterIsOneOfThoseThatTheRequestHad() {
		ChatRequest cool = ChatRequest.builder().user("hello").temperature(0.0).build();
		this.needs.refused(Need.PARAMETER, priced(cool), ENDPOINT);
		assertThat(this.needs.of(priced(cool.toBuilder().seed(1L).build()), ENDPOINT)).isNotNull();
		assertThat(this.needs.of(priced(ChatRequest.builder().user("hello").seed(1L).build()), ENDPOINT)).isNull();
	}

	private static PricedRequest tokens(int most) {
		return priced(ChatRequest.builder().message(ChatMessage.user("hello")).maxTokens(most).build());
	}

	private static PricedRequest priced(ChatRequest request) {
		return new PricedRequest(request, TokenEstimator.ROUGH);
	}

}
