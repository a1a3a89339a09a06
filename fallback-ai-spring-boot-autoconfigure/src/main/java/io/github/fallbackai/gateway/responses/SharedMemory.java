// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps responses in a store, for all instances of an application. A client never waits
 * until its response is stored. If the store does not take it, the response is not kept.
 * Safe for use by several threads.
 */
public final class SharedMemory implements ResponseMemory {

	private static final Logger logger = LoggerFactory.getLogger(SharedMemory.class);

	/** Responses on their way to a store that is slow must not fill the memory. */
	private static final long MOST_UNDER_WAY = 32L * 1024 * 1024;

	private final ResponseStore store;

	private final Duration patience;

	private final AtomicLong underWay = new AtomicLong();

	private volatile boolean failing;

	/**
	 * Keeps responses in a store.
	 * @param store the store
	 * @param patience how long a request waits for it, however many responses it refers
	 * to
	 */
	public SharedMemory(ResponseStore store, Duration patience) {
		this.store = store;
		this.patience = patience;
	}

	@Override
	public Duration patience() {
		return this.patience;
	}

	@Override
	public void keep(String client, StoredResponse response) {
		long size = response.size();
		if (this.underWay.addAndGet(size) > MOST_UNDER_WAY) {
			this.underWay.addAndGet(-size);
			failed();
			return;
		}
		this.store.put(client, response.id(), write(response))
			.doFinally((end) -> this.underWay.addAndGet(-size))
			.subscribe((done) -> {
			}, (error) -> failed(), () -> this.failing = false);
	}

	/** One line for each outage, and nothing of what an error says. */
	private void failed() {
		if (!this.failing) {
			this.failing = true;
			logger.warn("The store of responses does not take responses: clients cannot go on from these");
		}
	}

	@Override
	public Mono<StoredResponse> find(String client, String id) {
		return answered(this.store.get(client, id), id);
	}

	@Override
	public Mono<StoredResponse> remove(String client, String id) {
		return answered(this.store.remove(client, id), id);
	}

	private Mono<StoredResponse> answered(Mono<String> answer, String id) {
		return answer.timeout(this.patience)
			.onErrorMap((error) -> ResponseMemory.unavailable())
			.mapNotNull((text) -> read(id, text));
	}

	private static String write(StoredResponse response) {
		return GatewayJson.text(GatewayJson.object().put("input", response.input()).put("body", response.body()));
	}

	/** What cannot be read is not there. */
	private static @Nullable StoredResponse read(String id, String text) {
		try {
			RequestField json = GatewayJson.read(text.getBytes(StandardCharsets.UTF_8));
			return new StoredResponse(id, json.get("input").text(), json.get("body").text());
		}
		catch (RejectedRequestException ex) {
			return null;
		}
	}

}
