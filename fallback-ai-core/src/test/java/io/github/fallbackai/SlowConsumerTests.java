// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader that is slower than the provider slows the provider down instead of filling
 * memory, and is not mistaken for a slow provider.
 */
@Tag("slow")
class SlowConsumerTests {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Duration IDLE = Duration.ofSeconds(5);

	private static final String WORD = "x".repeat(2000) + ' ';

	private static final int WORDS = 10_000;

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	@Test
	void holdsTheProviderBackAndReadsEverythingInTheEnd() {
		provider.answers((request) -> WORD.repeat(WORDS).strip());
		Endpoint endpoint = Endpoint.named("primary")
			.url(URI.create(provider.url()))
			.model("large")
			.header("Accept-Encoding", "identity")
			.limits(new AttemptLimits(PATIENCE, PATIENCE, IDLE, PATIENCE, true))
			.build();
		try (AiFallbackTemplate template = AiFallbackTemplate.builder().endpoint(endpoint).build()) {
			SlowReader reader = new SlowReader();
			template.streamText(ChatRequest.of("hello")).subscribe(reader);
			Awaitility.await().atMost(PATIENCE).until(() -> reader.characters.get() > 0);
			Awaitility.await()
				.during(IDLE.plusSeconds(1))
				.atMost(PATIENCE)
				.until(() -> provider.requests().get(0).ending() == Ending.OPEN && reader.failure == null);
			reader.requestUnbounded();
			Awaitility.await().atMost(PATIENCE).until(() -> reader.complete || reader.failure != null);
			assertThat(reader.failure).isNull();
			assertThat(reader.characters).hasValue((long) WORD.length() * WORDS - 1);
		}
	}

	private static final class SlowReader extends BaseSubscriber<String> {

		private final AtomicLong characters = new AtomicLong();

		private volatile boolean complete;

		private volatile Throwable failure;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(3);
		}

		@Override
		protected void hookOnNext(String text) {
			this.characters.addAndGet(text.length());
		}

		@Override
		protected void hookOnComplete() {
			this.complete = true;
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.failure = error;
		}

	}

}
