// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.disaster;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.sample.disaster.Story.Step;
import io.github.fallbackai.sample.provider.ChaosMode;
import io.github.fallbackai.sample.provider.SimulatedProvider;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Tells the story with a real provider of the demo. It can be told to one viewer at a
 * time. The provider is healthy afterwards, also if the viewer goes away.
 */
final class StoryRun {

	private final SimulatedProvider provider;

	private final Story story;

	private final AtomicBoolean running = new AtomicBoolean();

	StoryRun(SimulatedProvider provider, Story story) {
		this.provider = provider;
		this.story = story;
	}

	/**
	 * Each step when it begins.
	 * @return the steps; it fails with status 409 while another viewer watches
	 */
	Flux<Step> steps() {
		return Flux.defer(() -> this.running.compareAndSet(false, true) ? begun()
				: Flux.error(new ResponseStatusException(HttpStatus.CONFLICT,
						"Somebody else is watching the disaster just now. Try again in a minute.")));
	}

	boolean running() {
		return this.running.get();
	}

	private Flux<Step> begun() {
		return Flux.fromIterable(this.story.steps())
			.concatMap((step) -> change(step.mode())
				.thenMany(Flux.concat(Flux.just(step), Mono.delay(step.length()).then(Mono.<Step>empty()))), 0)
			.doFinally(
					(signal) -> change(ChaosMode.HEALTHY).doFinally((healed) -> this.running.set(false)).subscribe());
	}

	/** Closing and opening a port blocks. */
	private Mono<Void> change(ChaosMode mode) {
		return Mono.<Void>fromRunnable(() -> this.provider.change(mode)).subscribeOn(Schedulers.boundedElastic());
	}

}
