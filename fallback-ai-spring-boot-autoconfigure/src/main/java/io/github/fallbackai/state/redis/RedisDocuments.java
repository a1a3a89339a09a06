// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * Keeps texts in Redis. Each belongs to an owner, goes after some time, and goes earlier
 * if its owner has too many or too large ones. A method fails if Redis does not answer in
 * time. Safe for use by several threads; no method blocks.
 */
public final class RedisDocuments implements AutoCloseable {

	private static final int THREADS = 2;

	private static final int MOST_QUEUED = 10_000;

	private static final int IDLE_SECONDS = 60;

	private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, MOST_QUEUED, "fallback-ai-responses",
			IDLE_SECONDS, true);

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final DocumentLimits limits;

	/**
	 * Texts in Redis. Connects when it is first used.
	 * @param connections how to connect
	 * @param settings where in Redis, and how long to wait for an answer
	 * @param limits how many texts an owner has, and for how long
	 */
	public RedisDocuments(ReactiveRedisConnectionFactory connections, RedisStateSettings settings,
			DocumentLimits limits) {
		this.scripts = new RedisScripts(connections, settings.commandTimeout(), this.scheduler);
		this.keys = new RedisKeys(settings.keyPrefix());
		this.limits = limits;
	}

	/** Keeps a text. One that is larger than all of an owner's may be is not kept. */
	public Mono<Void> put(String owner, String id, String text) {
		return Mono.defer(() -> {
			int size = text.getBytes(StandardCharsets.UTF_8).length;
			return (size > this.limits.mostBytes()) ? Mono.empty()
					: this.scripts
						.run(RedisScripts.KEEP, this.keys.documents(owner),
								List.of(id, text, Integer.toString(size), Long.toString(this.limits.time().toMillis()),
										Integer.toString(this.limits.most()), Long.toString(this.limits.mostBytes())))
						.then();
		});
	}

	/** Finds a text; empty if there is none of that owner. */
	public Mono<String> get(String owner, String id) {
		return find(owner, id, "get");
	}

	/** Forgets a text, and answers with it; empty if there was none of that owner. */
	public Mono<String> remove(String owner, String id) {
		return find(owner, id, "remove");
	}

	private Mono<String> find(String owner, String id, String what) {
		return this.scripts
			.run(RedisScripts.FIND, this.keys.documents(owner),
					List.of(id, what, Long.toString(this.limits.mostBytes())))
			.mapNotNull((answer) -> answer.startsWith("=") ? answer.substring(1) : null);
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
