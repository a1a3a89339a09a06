// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.batch;

import io.github.fallbackai.chat.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item of a batch. Immutable. {@code toString()} hides the content.
 *
 * @param <I> the items' type
 */
public final class BatchItem<I> {

	private final long index;

	private final I item;

	private final @Nullable ChatResponse response;

	private final @Nullable Throwable error;

	private BatchItem(long index, I item, @Nullable ChatResponse response, @Nullable Throwable error) {
		this.index = index;
		this.item = item;
		this.response = response;
		this.error = error;
	}

	/** An item with its answer. */
	public static <I> BatchItem<I> answered(long index, I item, ChatResponse response) {
		return new BatchItem<>(index, item, response, null);
	}

	/** An item without an answer. */
	public static <I> BatchItem<I> failed(long index, I item, Throwable error) {
		return new BatchItem<>(index, item, null, error);
	}

	/** The item's place in the batch, from 0. */
	public long index() {
		return this.index;
	}

	/** The item. */
	public I item() {
		return this.item;
	}

	/** Whether there is an answer. */
	public boolean succeeded() {
		return this.response != null;
	}

	/** The answer, {@code null} if the call failed. */
	public @Nullable ChatResponse response() {
		return this.response;
	}

	/**
	 * Why there is no answer, {@code null} if there is one: usually an
	 * {@link io.github.fallbackai.failure.AiFallbackException}, or what the function that
	 * makes the requests threw.
	 */
	public @Nullable Throwable error() {
		return this.error;
	}

	@Override
	public String toString() {
		return "BatchItem[" + this.index + ", "
				+ ((this.error != null) ? this.error.getClass().getSimpleName() : this.response) + "]";
	}

}
