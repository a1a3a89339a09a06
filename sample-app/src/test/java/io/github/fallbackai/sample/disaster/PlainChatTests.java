// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.disaster;

import java.time.Duration;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class PlainChatTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final ProviderSimulator provider = ProviderSimulator.create();

	@BeforeEach
	void start() {
		this.provider.start();
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void triesFourTimes(int status) {
		this.provider.always(Outcome.status(status));
		assertThat(failure(Duration.ofSeconds(12))).isEqualTo("The provider answered with status " + status + ".");
		assertThat(this.provider.requestCount()).isEqualTo(4);
	}

	@Test
	void answersIfARetrySucceeds() {
		this.provider.next(Outcome.status(429), Outcome.healthy().cutBeforeHeaders(), Outcome.answer("All is well."));
		assertThat(String.join("", chat(Duration.ofSeconds(30)).stream("Hello").collectList().block(PATIENCE)))
			.isEqualTo("All is well.");
	}

	@Test
	void doesNotRetryWhatIsTheCallersFault() {
		this.provider.always(Outcome.status(400));
		assertThat(failure(Duration.ofSeconds(30))).isEqualTo("The provider answered with status 400.");
		assertThat(this.provider.requestCount()).isEqualTo(1);
	}

	@Test
	void losesPatienceWithAProviderThatHangs() {
		this.provider.always(Outcome.healthy().hangBeforeHeaders());
		assertThat(failure(Duration.ofMillis(600))).isEqualTo("The provider said nothing for too long.");
		assertThat(this.provider.requestCount()).isEqualTo(4);
	}

	@Test
	void doesNotBeginAnAnswerTwice() {
		this.provider.always(Outcome.answer("One two three four.").hangAfterTokens(2));
		StepVerifier.create(chat(Duration.ofSeconds(30)).stream("Hello").map((text) -> "text").distinct())
			.expectNext("text")
			.expectErrorSatisfies((error) -> assertThat(PlainChat.explain(error))
				.isEqualTo("The provider said nothing for too long."))
			.verify(PATIENCE);
		assertThat(this.provider.requestCount()).isEqualTo(1);
	}

	private String failure(Duration length) {
		return chat(length).stream("Hello")
			.onErrorResume((error) -> Mono.just(PlainChat.explain(error)))
			.blockLast(PATIENCE);
	}

	private PlainChat chat(Duration length) {
		return new PlainChat(this.provider.url(), "m", new Story(length));
	}

}
