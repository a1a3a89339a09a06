// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends commands to the state store. It counts them, limits their time, and notices when
 * the store is out. A fault of the store never affects a call.
 */
final class StoreCommands implements AutoCloseable {

	/**
	 * A store should limit its commands. This limit is for a store that does not, so that
	 * no command waits for ever.
	 */
	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

	private final StoreOutage outage;

	private final StateStoreActivity activity;

	private final Scheduler scheduler;

	private final Disposable.Composite subscriptions = Disposables.composite();

	StoreCommands(StoreOutage outage, StateStoreActivity activity, Scheduler scheduler) {
		this.outage = outage;
		this.activity = activity;
		this.scheduler = scheduler;
	}

	StoreOutage outage() {
		return this.outage;
	}

	StateStoreActivity activity() {
		return this.activity;
	}

	/**
	 * A command.
	 * @return runs it on subscription; empty once closed, an error if the store is out
	 */
	<T> Mono<T> run(Supplier<Mono<T>> command) {
		return Mono.defer(() -> {
			if (closed()) {
				return Mono.empty();
			}
			if (this.outage.sparesStore()) {
				this.activity.commandWithheld();
				return Mono.error(new StoreOutException());
			}
			int outages = this.outage.ends();
			return limited(command).doOnSuccess((answer) -> done()).doOnError((cause) -> failed(cause, outages));
		});
	}

	/** Tries whether the store is back, and ends the outage if so. */
	Mono<Void> ping(Supplier<Mono<Void>> ping) {
		return limited(ping).doOnSuccess((done) -> this.outage.ended());
	}

	private <T> Mono<T> limited(Supplier<Mono<T>> command) {
		// An error that comes when the wait ends would be logged if it were no element.
		return Mono.defer(command).materialize().timeout(LONGEST_ANSWER, this.scheduler).dematerialize();
	}

	private void done() {
		this.activity.commandDone();
		this.outage.answered();
	}

	/** A command of an outage that is over may fail late, which begins no other one. */
	private void failed(Throwable cause, int outages) {
		if (outages == this.outage.ends()) {
			broken(cause);
		}
		else {
			this.activity.commandFailed();
		}
	}

	/** What is under way when an application stops may fail with its connections. */
	private void broken(Throwable cause) {
		this.activity.commandFailed();
		if (!closed()) {
			this.outage.began(cause);
		}
	}

	/** Follows what the store tells until closed. */
	<T> void follow(Supplier<Flux<T>> source, Consumer<T> follower) {
		add(Flux.defer(source).subscribe(follower, this::broken));
	}

	/** Something that stops when these commands do. */
	void add(Disposable subscription) {
		this.subscriptions.add(subscription);
	}

	/** Whether nothing is asked or told any more. */
	boolean closed() {
		return this.subscriptions.isDisposed();
	}

	@Override
	public void close() {
		this.subscriptions.dispose();
	}

	/** The store was not even asked. */
	private static final class StoreOutException extends RuntimeException {

		StoreOutException() {
			super("the state store is out", null, false, false);
		}

	}

}
