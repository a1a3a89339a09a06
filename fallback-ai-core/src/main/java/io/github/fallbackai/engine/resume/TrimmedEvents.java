// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.resume;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.github.fallbackai.client.EndpointEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Runs the text of a continuation through an {@link EchoTrimmer} and bounds the time for
 * which it holds text back.
 */
final class TrimmedEvents {

	static final Duration LONGEST_HOLD = Duration.ofMillis(300);

	private final EchoTrimmer trimmer;

	private final Scheduler scheduler;

	private final Sinks.Empty<Void> firstText = Sinks.empty();

	/** Held back, because text may follow that belongs to the text that is held back. */
	private EndpointEvent.@Nullable Finished finished;

	TrimmedEvents(String delivered, Scheduler scheduler) {
		this.trimmer = new EchoTrimmer(delivered);
		this.scheduler = scheduler;
	}

	Flux<EndpointEvent> of(Flux<EndpointEvent> events) {
		Sinks.Empty<Void> end = Sinks.empty();
		Flux<Supplier<List<EndpointEvent>>> steps = events
			.<Supplier<List<EndpointEvent>>>map((event) -> () -> pass(event))
			.doOnTerminate(end::tryEmitEmpty);
		Mono<Supplier<List<EndpointEvent>>> release = Mono.when(this.firstText.asMono())
			.then(Mono.delay(LONGEST_HOLD, this.scheduler))
			.<Supplier<List<EndpointEvent>>>map((tick) -> () -> text(this.trimmer.release(false)))
			.takeUntilOther(end.asMono());
		return Flux.merge(steps, release).concatWith(Mono.just(this::end)).concatMapIterable(Supplier::get, 1);
	}

	private List<EndpointEvent> pass(EndpointEvent event) {
		if (event.progress()) {
			this.finished = null;
		}
		if (event instanceof EndpointEvent.Text more) {
			this.firstText.tryEmitEmpty();
			return text(this.trimmer.accept(more.text()));
		}
		if (event instanceof EndpointEvent.Finished end) {
			this.finished = end;
			return List.of();
		}
		return List.of(event);
	}

	private List<EndpointEvent> end() {
		EndpointEvent.Finished end = this.finished;
		if (end == null) {
			return List.of();
		}
		String rest = this.trimmer.release(true);
		return rest.isEmpty() ? List.of(end) : List.of(new EndpointEvent.Text(rest), end);
	}

	private static List<EndpointEvent> text(String text) {
		return text.isEmpty() ? List.of() : List.of(new EndpointEvent.Text(text));
	}

}
