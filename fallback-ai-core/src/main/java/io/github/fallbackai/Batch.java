// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.function.Function;

import io.github.fallbackai.batch.BatchItem;
import io.github.fallbackai.batch.BatchOptions;
import io.github.fallbackai.batch.BatchProgress;
import io.github.fallbackai.chat.ChatRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many calls, of which some run at a time. Holds no more items and answers than that.
 *
 * @param <I> the items' type
 */
final class Batch<I> {

	private static final Logger logger = LoggerFactory.getLogger(Batch.class);

	private final AiFallbackOperations operations;

	private final Function<? super I, ChatRequest> request;

	private final BatchOptions options;

	Batch(AiFallbackOperations operations, Function<? super I, ChatRequest> request, BatchOptions options) {
		this.operations = operations;
		this.request = request;
		this.options = options;
	}

	/**
	 * If the items fail, the calls that run still end, and the error follows.
	 */
	Flux<BatchItem<I>> results(Flux<I> items) {
		return Flux.defer(() -> {
			Counter counter = new Counter();
			Flux<Numbered<I>> numbered = items.map((item) -> new Numbered<>(counter.index++, item));
			int concurrency = this.options.concurrency();
			Flux<BatchItem<I>> results = this.options.ordered()
					? numbered.flatMapSequentialDelayError(this::result, concurrency, 1)
					: numbered.flatMapDelayError(this::result, concurrency, 1);
			return results.doOnNext((result) -> tell(counter, result));
		});
	}

	private Mono<BatchItem<I>> result(Numbered<I> numbered) {
		long index = numbered.index();
		I item = numbered.item();
		return Mono.defer(() -> this.operations.chat(batched(this.request.apply(item))))
			.map((response) -> BatchItem.answered(index, item, response))
			.onErrorResume((error) -> Mono.just(BatchItem.failed(index, item, error)));
	}

	private ChatRequest batched(ChatRequest request) {
		return request.toBuilder().options(request.options().withLoad(this.options.load())).build();
	}

	private void tell(Counter counter, BatchItem<I> result) {
		if (result.succeeded()) {
			counter.succeeded++;
		}
		else {
			counter.failed++;
		}
		try {
			this.options.progress().accept(new BatchProgress(counter.succeeded, counter.failed));
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of a batch's progress failed", ex);
		}
	}

	/** Each number is changed by one signal at a time. */
	private static final class Counter {

		private long index;

		private long succeeded;

		private long failed;

	}

	private record Numbered<I>(long index, I item) {

	}

}
