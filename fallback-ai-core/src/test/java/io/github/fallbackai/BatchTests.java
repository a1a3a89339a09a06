// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.batch.BatchItem;
import io.github.fallbackai.batch.BatchOptions;
import io.github.fallbackai.batch.BatchProgress;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Batches of calls, each of which is answered when the test says so.
 */
class BatchTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final List<EndpointRequest> requests = new CopyOnWriteArrayList<>();

	private final List<String> cancelled = new CopyOnWriteArrayList<>();

	private final Map<String, Sinks.One<String>> answers = new ConcurrentHashMap<>();

	private final AiFallbackTemplate ai = AiFallbackTemplate.builder()
		.endpoint(Endpoint.named("a").url(URI.create("http://localhost:1")).model("m").build())
		.listeners(List.of())
		.clients((endpoint) -> this::exchange)
		.build();

	@AfterEach
	void stop() {
		this.ai.close();
	}

	@Test
	void comeInTheOrderOfTheAnswers() {
		StepVerifier
			.create(this.ai.chatAll(Flux.just("one", "two", "three"), ChatRequest::of, 3).map(BatchTests::describe))
			.then(() -> answer("three"))
			.expectNext("2 three")
			.then(() -> answer("one"))
			.expectNext("0 one")
			.then(() -> answer("two"))
			.expectNext("1 two")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.requests).extracting((request) -> request.chat().options().load()).containsOnly(Load.BATCH);
	}

	@Test
	void comeInTheOrderOfTheItemsIfThatIsWanted() {
		BatchOptions options = BatchOptions.concurrency(3).inOrder().withLoad(Load.INTERACTIVE);
		StepVerifier
			.create(this.ai.chatAll(Flux.just("one", "two", "three"), ChatRequest::of, options)
				.map(BatchTests::describe))
			.then(() -> answer("three"))
			.then(() -> answer("one"))
			.expectNext("0 one")
			.then(() -> answer("two"))
			.expectNext("1 two", "2 three")
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.requests).extracting((request) -> request.chat().options().load())
			.containsOnly(Load.INTERACTIVE);
	}

	@Test
	void haveErrorsOfTheirOwn() {
		List<BatchProgress> progress = new ArrayList<>();
		BatchOptions options = BatchOptions.concurrency(1).withProgress((now) -> {
			progress.add(now);
			throw new IllegalStateException("a listener's own fault");
		});
		List<BatchItem<String>> items = new ArrayList<>();
		StepVerifier.create(this.ai.chatAll(Flux.just("fails", "unasked", "", "fine"), (item) -> {
			if (item.equals("unasked")) {
				throw new IllegalStateException("no request");
			}
			return item.isEmpty() ? null : ChatRequest.of(item);
		}, options).doOnNext(items::add))
			.then(() -> answer("fails"))
			.then(() -> answer("fine"))
			.expectNextCount(4)
			.expectComplete()
			.verify(LIMIT);
		assertThat(items).extracting(BatchItem::succeeded).containsExactly(false, false, false, true);
		assertThat(items.get(0).error()).isInstanceOf(AllEndpointsFailedException.class);
		assertThat(items.get(1).error()).hasMessage("no request");
		assertThat(items.get(2).error()).isInstanceOf(NullPointerException.class);
		assertThat(items.get(3).error()).isNull();
		assertThat(progress).extracting(BatchProgress::done).containsExactly(1L, 2L, 3L, 4L);
		assertThat(progress.get(3)).isEqualTo(new BatchProgress(1, 3));
	}

	@Test
	void areNotTakenFasterThanTheirResultsAre() {
		for (BatchOptions options : List.of(BatchOptions.concurrency(2), BatchOptions.concurrency(2).inOrder())) {
			this.requests.clear();
			List<Integer> taken = new CopyOnWriteArrayList<>();
			Flux<Integer> items = Flux.range(0, 1000).doOnNext(taken::add);
			StepVerifier.create(this.ai.chatAll(items, (item) -> ChatRequest.of("now " + item), options), 0)
				.thenAwait()
				.then(() -> assertThat(taken).hasSize(2))
				.thenRequest(3)
				.expectNextCount(3)
				.then(() -> assertThat(taken).hasSize(5))
				.thenRequest(1)
				.expectNextCount(1)
				.then(() -> assertThat(taken).hasSize(6))
				.thenCancel()
				.verify(LIMIT);
		}
	}

	@Test
	void endWithTheirSubscription() {
		StepVerifier.create(this.ai.chatAll(Flux.just("one", "two", "three"), ChatRequest::of, 2))
			.thenAwait()
			.then(() -> assertThat(this.requests).hasSize(2))
			.thenCancel()
			.verify(LIMIT);
		assertThat(this.cancelled).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void thatRunStillEndWhenTheItemsFail() {
		TestPublisher<String> items = TestPublisher.create();
		StepVerifier.create(this.ai.chatAll(items.flux(), ChatRequest::of, 2).map(BatchTests::describe))
			.then(() -> items.next("one").error(new IllegalStateException("no more")))
			.then(() -> answer("one"))
			.expectNext("0 one")
			.expectErrorMessage("no more")
			.verify(LIMIT);
	}

	@Test
	void needAConcurrency() {
		assertThatIllegalArgumentException().isThrownBy(() -> BatchOptions.concurrency(0))
			.withMessage("concurrency: 0 (expected: > 0)");
	}

	private static String describe(BatchItem<String> result) {
		return result.index() + " " + result.response().text();
	}

	private void answer(String question) {
		pending(question).tryEmitValue(question).orThrow();
	}

	private Sinks.One<String> pending(String question) {
		return this.answers.computeIfAbsent(question, (key) -> Sinks.one());
	}

	private Flux<EndpointEvent> exchange(EndpointRequest request) {
		this.requests.add(request);
		String question = question(request);
		if (question.startsWith("now ")) {
			pending(question).tryEmitValue(question);
		}
		return pending(question).asMono().doOnCancel(() -> this.cancelled.add(question)).flatMapMany((answer) -> {
			if (answer.equals("fails")) {
				return Flux.error(new EndpointException(Failure.of(FailureKind.SERVER_ERROR).build()));
			}
			return Flux.just(new EndpointEvent.Text(answer), new EndpointEvent.Finished(FinishReason.STOP, null));
		});
	}

	private static String question(EndpointRequest request) {
		UserMessage message = (UserMessage) request.chat().messages().get(0);
		return ((TextPart) message.parts().get(0)).text();
	}

}
