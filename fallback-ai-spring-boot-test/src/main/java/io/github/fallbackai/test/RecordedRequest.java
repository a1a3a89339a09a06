// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Prompt;

/**
 * A request that reached a {@link ProviderSimulator}. All but {@link #ending()} is
 * immutable; thread-safe.
 */
public final class RecordedRequest {

	private final int index;

	private final long arrivedAtNanos = System.nanoTime();

	private final String method;

	private final String uri;

	private final Map<String, List<String>> headers;

	private final JsonNode body;

	private final Prompt prompt;

	private final CompletableFuture<Ending> ending = new CompletableFuture<>();

	private volatile @Nullable String refusal;

	RecordedRequest(int index, RequestHead head, JsonNode body, Prompt prompt) {
		this.index = index;
		this.method = head.method();
		this.uri = head.uri();
		Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		sorted.putAll(head.headers());
		this.headers = Collections.unmodifiableMap(sorted);
		this.body = body;
		this.prompt = prompt;
	}

	/**
	 * Returns the position of this request among all since the start, the last
	 * {@link ProviderSimulator#clear()} or the last {@link ProviderSimulator#reset()}.
	 * @return the index, from 0
	 */
	public int index() {
		return this.index;
	}

	/**
	 * Returns when the request had arrived as a whole.
	 * @return a value of {@link System#nanoTime()}
	 */
	public long arrivedAtNanos() {
		return this.arrivedAtNanos;
	}

	/**
	 * Returns the HTTP method.
	 * @return the method in capitals
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Returns what was requested.
	 * @return the path, with its query if there is one
	 */
	public String uri() {
		return this.uri;
	}

	/**
	 * Returns the path.
	 * @return the path without query
	 */
	public String path() {
		return RequestHead.path(this.uri);
	}

	/**
	 * Returns all headers.
	 * @return an unmodifiable map that ignores the case of its keys
	 */
	public Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * Returns a header.
	 * @param name the header's name in any case
	 * @return its first value, absent if the header is not there
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null) ? values.get(0) : null;
	}

	/**
	 * Returns the body.
	 * @return the JSON document, a missing node if there is none or if it is not JSON
	 */
	public JsonNode body() {
		return this.body;
	}

	/**
	 * Returns what the request asks, in terms that all formats share.
	 * @return the prompt, {@link Prompt#NONE} if the request is not a readable question
	 */
	public Prompt prompt() {
		return this.prompt;
	}

	/**
	 * Returns the requested model.
	 * @return the model, empty if none is named
	 */
	public String model() {
		return this.prompt.model();
	}

	/**
	 * Tells whether a stream is asked for.
	 * @return whether the answer shall be streamed
	 */
	public boolean isStream() {
		return this.prompt.stream();
	}

	/**
	 * Returns the last user message.
	 * @return its text, empty if there is none
	 */
	public String lastUserMessage() {
		return this.prompt.lastUserMessage();
	}

	/**
	 * Tells how the request ended.
	 * @return the ending, {@link Ending#OPEN} while the response is under way or hangs
	 */
	public Ending ending() {
		return this.ending.getNow(Ending.OPEN);
	}

	/**
	 * Waits until the request has ended.
	 * @param timeout how long to wait at most
	 * @return how it ended
	 * @throws AssertionError if it is still open then
	 */
	public Ending awaitEnding(Duration timeout) {
		try {
			return this.ending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			throw new AssertionError(this + " is still open after " + timeout, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while waiting for the end of " + this, ex);
		}
	}

	/**
	 * Returns why the rules of the provider refused the request.
	 * @return the provider's words, absent if they did not
	 * @see ProviderSimulator#rules
	 */
	public @Nullable String refusal() {
		return this.refusal;
	}

	void refuse(String words) {
		this.refusal = words;
	}

	void end(Ending ending) {
		this.ending.complete(ending);
	}

	@Override
	public String toString() {
		return "request " + this.index + " (" + this.method + " " + path() + ", " + ending() + ")";
	}

}
