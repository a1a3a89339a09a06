// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.client.EndpointRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.ContextView;

/**
 * A drill under way at one endpoint. Safe for use by several threads.
 */
final class RunningDrill {

	private final Drill drill;

	private final long until;

	private final AtomicInteger hits = new AtomicInteger();

	private final AtomicInteger underWay = new AtomicInteger();

	private final Sinks.Empty<Void> over = Sinks.empty();

	private final Disposable.Swap timer = Disposables.swap();

	RunningDrill(Drill drill, long now) {
		this.drill = drill;
		this.until = now + drill.length().toNanos();
	}

	Drill drill() {
		return this.drill;
	}

	/** Whether it lets a request fail, which then counts. */
	boolean takes(EndpointRequest request, ContextView context, long now) {
		if (this.until - now <= 0 || !concerns(request, context)
				|| (this.drill.share() < 1 && ThreadLocalRandom.current().nextDouble() >= this.drill.share())) {
			return false;
		}
		this.underWay.incrementAndGet();
		int most = most();
		if (this.hits.getAndUpdate((hits) -> (hits < most) ? hits + 1 : hits) >= most) {
			this.underWay.decrementAndGet();
			return false;
		}
		return true;
	}

	private int most() {
		Integer calls = this.drill.calls();
		return (calls != null) ? calls : Integer.MAX_VALUE;
	}

	private boolean concerns(EndpointRequest request, ContextView context) {
		String only = this.drill.only();
		return only == null || only.equals(request.chat().options().useCase())
				|| only.equals(context.getOrDefault(Drills.MARK, null));
	}

	/**
	 * A request that it let fail is over.
	 * @return whether that was the last one
	 */
	boolean released() {
		return this.underWay.decrementAndGet() == 0 && this.hits.get() >= most();
	}

	/** Completes when it is over, so that nothing hangs any longer. */
	Mono<Void> over() {
		return this.over.asMono();
	}

	void endsWith(Disposable timer) {
		this.timer.update(timer);
	}

	void end() {
		this.timer.dispose();
		this.over.tryEmitEmpty();
	}

	int hits() {
		return this.hits.get();
	}

	DrillStatus status(long now) {
		@Nullable Integer left = (this.drill.calls() != null) ? this.drill.calls() - hits() : null;
		return new DrillStatus(this.drill, hits(), left, Duration.ofNanos(Math.max(0, this.until - now)));
	}

}
