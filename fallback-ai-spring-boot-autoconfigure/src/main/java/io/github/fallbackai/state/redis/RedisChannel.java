// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import io.github.fallbackai.endpoint.EndpointId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.context.Lifecycle;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReactiveSubscription;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.ReactiveRedisMessageListenerContainer;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * The channel on which instances tell one another what changes. One subscription, made
 * when the first follower comes, serves all followers until the channel is closed.
 * Messages that are not ours are ignored.
 */
final class RedisChannel implements AutoCloseable {

	static final String STATE = "state";

	static final String DECISION = "decision";

	/** Ours are much shorter. */
	private static final int LONGEST_MESSAGE = 1 << 17;

	private static final Duration FIRST_RETRY = Duration.ofMillis(500);

	private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

	private static final RedisSerializationContext.SerializationPair<String> TEXT = RedisSerializationContext.SerializationPair
		.fromSerializer(RedisSerializer.string());

	private static final Duration LONGEST_RELEASE = Duration.ofSeconds(3);

	private final Flux<String> messages;

	private final AtomicLong subscriptions = new AtomicLong();

	private final Sinks.Many<Long> renewals = Sinks.many().multicast().directBestEffort();

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private volatile Mono<Void> release = Mono.empty();

	RedisChannel(ReactiveRedisConnectionFactory connections, String name, Scheduler scheduler) {
		this.messages = Flux
			.using(() -> new ReactiveRedisMessageListenerContainer(connections),
					(container) -> container.receive(List.of(ChannelTopic.of(name)), TEXT, TEXT, subscribed()),
					(container) -> close(container, connections))
			.subscribeOn(scheduler)
			.<String>map(ReactiveSubscription.Message::getMessage)
			.repeat()
			.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_RETRY).maxBackoff(LONGEST_RETRY).transientErrors(true))
			.takeUntilOther(this.closed.asMono())
			.share();
	}

	/** A factory that was stopped has closed its connections itself. */
	private void close(ReactiveRedisMessageListenerContainer container, ReactiveRedisConnectionFactory connections) {
		if (!(connections instanceof Lifecycle lifecycle) || lifecycle.isRunning()) {
			Mono<Void> release = container.destroyLater().onErrorComplete().cache();
			this.release = release;
			release.subscribe();
		}
	}

	/**
	 * A driver that reconnects by itself also subscribes again, and does not tell its
	 * subscribers.
	 */
	private SubscriptionListener subscribed() {
		return new SubscriptionListener() {

			@Override
			public void onChannelSubscribed(byte[] channel, long count) {
				long before = RedisChannel.this.subscriptions.getAndIncrement();
				if (before > 0) {
					RedisChannel.this.renewals.tryEmitNext(before);
				}
			}

		};
	}

	/** The number of renewals of the subscription, each time there is one. */
	Flux<Long> renewals() {
		return this.renewals.asFlux();
	}

	/** What a message begins with. */
	static String header(String kind, EndpointId endpoint) {
		return kind + ' ' + URLEncoder.encode(endpoint.name(), StandardCharsets.UTF_8) + ' ' + endpoint.fingerprint();
	}

	<T> Flux<T> messages(String kind, int timers, BiFunction<EndpointId, StoredValue, @Nullable T> format) {
		return this.messages.mapNotNull((message) -> read(message, kind, timers, format));
	}

	/**
	 * Reads a message.
	 * @return what it says, or {@code null} if it is of another kind or not ours
	 */
	static <T> @Nullable T read(String message, String kind, int timers,
			BiFunction<EndpointId, StoredValue, @Nullable T> format) {
		if (message.length() > LONGEST_MESSAGE) {
			return null;
		}
		String[] parts = message.split(" ", 4);
		EndpointId endpoint = (parts.length == 4 && parts[0].equals(kind)) ? endpoint(parts[1], parts[2]) : null;
		StoredValue value = (endpoint != null) ? StoredValue.parse(parts[3], timers) : null;
		return (value != null) ? format.apply(endpoint, value) : null;
	}

	private static @Nullable EndpointId endpoint(String name, String fingerprint) {
		try {
			return new EndpointId(URLDecoder.decode(name, StandardCharsets.UTF_8), fingerprint);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Gives the connection back, and waits a moment until that is done, lest the factory
	 * closes it a second time.
	 */
	@Override
	public void close() {
		this.closed.tryEmitEmpty();
		if (!Schedulers.isInNonBlockingThread()) {
			this.release.timeout(LONGEST_RELEASE).onErrorComplete().block();
		}
	}

}
