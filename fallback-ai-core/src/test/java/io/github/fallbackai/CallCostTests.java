// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call costs. The bounds are generous: they notice a tree or a timer for each
 * chunk, or tables that are made anew for each answer, not a field more.
 */
class CallCostTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int CALLS = 300;

	private static final int STREAMS = 30;

	private static final int FEW_CHUNKS = 100;

	private static final int MANY_CHUNKS = 600;

	/** About 33,000. */
	private static final long MOST_BYTES_PER_CALL = 39_000;

	/** About 44. */
	private static final long MOST_OPERATORS_PER_CALL = 55;

	/** About 3. */
	private static final long MOST_TASKS_PER_CALL = 6;

	/** About 250. */
	private static final long MOST_BYTES_PER_CHUNK = 500;

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("one");

	@Test
	void aCallAllocatesLittle() {
		provider.answers((request) -> words(FEW_CHUNKS));
		try (AiFallbackTemplate template = template()) {
			calls(template);
			long bytes = AllocatedBytes.during(() -> calls(template)) / CALLS;
			assertThat(bytes).isBetween(1L, MOST_BYTES_PER_CALL);
		}
	}

	@Test
	void aChunkAllocatesLittle() {
		try (AiFallbackTemplate template = template()) {
			streams(template, FEW_CHUNKS);
			long few = AllocatedBytes.during(() -> streams(template, FEW_CHUNKS));
			long many = AllocatedBytes.during(() -> streams(template, MANY_CHUNKS));
			assertThat((many - few) / ((MANY_CHUNKS - FEW_CHUNKS) * STREAMS)).isBetween(1L, MOST_BYTES_PER_CHUNK);
		}
	}

	@Test
	void aCallNeedsFewOperatorsAndTimers() {
		provider.answers((request) -> words(FEW_CHUNKS));
		try (AiFallbackTemplate template = template()) {
			calls(template);
			ReactorWork work = ReactorWork.during(() -> calls(template));
			assertThat(work.operators() / CALLS).isBetween(1L, MOST_OPERATORS_PER_CALL);
			assertThat(work.tasks() / CALLS).isBetween(1L, MOST_TASKS_PER_CALL);
		}
	}

	@Test
	void chunksNeedNoOperatorsAndNoTimers() {
		try (AiFallbackTemplate template = template()) {
			streams(template, FEW_CHUNKS);
			ReactorWork few = ReactorWork.during(() -> streams(template, FEW_CHUNKS));
			ReactorWork many = ReactorWork.during(() -> streams(template, MANY_CHUNKS));
			long chunks = (long) (MANY_CHUNKS - FEW_CHUNKS) * STREAMS;
			assertThat(many.operators() - few.operators()).isLessThan(chunks / 10);
			assertThat(many.tasks() - few.tasks()).isLessThan(chunks / 10);
		}
	}

	private static void calls(AiFallbackTemplate template) {
		Flux.range(0, CALLS).flatMap((number) -> template.chat("hello"), 4).blockLast(PATIENCE);
	}

	private static void streams(AiFallbackTemplate template, int chunks) {
		provider.answers((request) -> words(chunks));
		Flux.range(0, STREAMS)
			.flatMap((number) -> template.streamText("hello")
				.count()
				.doOnNext((count) -> assertThat(count).isGreaterThanOrEqualTo(chunks)), 4)
			.blockLast(PATIENCE);
	}

	private static String words(int count) {
		return "word ".repeat(count);
	}

	private static AiFallbackTemplate template() {
		return AiFallbackTemplate.builder()
			.endpoint(Endpoint.named("one")
				.url(URI.create(provider.url()))
				.model("model-one")
				.header("Accept-Encoding", "identity")
				.unaryAsStream(false)
				.limits(new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true))
				.build())
			.build();
	}

}
