// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs our scripts, each within the time limit of a command. Every script runs on a
 * scheduler that may block, because a connection factory connects on the first thread
 * that asks.
 */
final class RedisScripts {

	static final RedisScript<String> OFFER = script("value", "offer");

	static final RedisScript<String> LOAD = script("value", "load");

	static final RedisScript<String> LEASE = script("value", "lease");

	static final RedisScript<String> VOTE = script("vote");

	static final RedisScript<String> WITHDRAW = script("withdraw");

	static final RedisScript<String> SPEND = script("spend");

	static final RedisScript<String> HOLD = script("hold");

	static final RedisScript<String> KEEP = script("keep");

	static final RedisScript<String> FIND = script("find");

	static final RedisScript<String> PING = script("ping");

	/**
	 * The first answer needs a new connection. On a cold JVM that takes longer than any
	 * command.
	 */
	private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

	private final ReactiveStringRedisTemplate redis;

	private final Duration timeout;

	private final Duration untilFirstAnswer;

	private final Scheduler scheduler;

	private volatile boolean answered = true;

	private volatile boolean connected;

	RedisScripts(ReactiveRedisConnectionFactory connections, Duration timeout, Scheduler scheduler) {
		this.redis = new ReactiveStringRedisTemplate(connections);
		this.timeout = timeout;
		this.untilFirstAnswer = (timeout.compareTo(FIRST_ANSWER) > 0) ? timeout : FIRST_ANSWER;
		this.scheduler = scheduler;
	}

	/**
	 * Reads the text at once, because a server without the script gets the text from an
	 * event loop.
	 */
	private static RedisScript<String> script(String... parts) {
		StringBuilder text = new StringBuilder();
		try {
			for (String part : parts) {
				text.append(new ClassPathResource(part + ".lua", RedisScripts.class)
					.getContentAsString(StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return RedisScript.of(text.toString(), String.class);
	}

	Mono<String> run(RedisScript<String> script, List<String> keys, List<String> arguments) {
		// The error is an element here. If the subscriber cancels while a connection is
		// being made, the connecting thread is interrupted, and an error without a
		// subscriber would be logged with its trace.
		Mono<Signal<String>> answer = Mono.defer(() -> this.redis.execute(script, keys, arguments).next())
			.subscribeOn(this.scheduler)
			.materialize();
		return Mono.defer(() -> answer.timeout(this.connected ? this.timeout : this.untilFirstAnswer))
			.<String>dematerialize()
			.doOnError((error) -> this.answered = false)
			.doOnSuccess((done) -> {
				this.answered = true;
				this.connected = true;
			});
	}

	/** Whether the last script was answered. */
	boolean answered() {
		return this.answered;
	}

}
