// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.codec.ServerSentEvent;

/**
 * What the management endpoint shows, as a stream: everything at first, then what
 * changes. Streams end when the application shuts down, because that would wait for them.
 * Safe for use by several threads.
 */
public final class LiveFeed implements ApplicationListener<ContextClosedEvent> {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/** After so many intervals without a change there is a comment. */
	private static final int QUIET = 10;

	private static final int MOST_WAITING = 1024;

	private final FallbackAiEndpoint endpoint;

	private final EventJournal journal;

	private final ApplicationContext application;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	/** Without the application's settings, so that the page can rely on the form. */
	private final ObjectMapper json = new ObjectMapper()
		.registerModule(new SimpleModule().addSerializer(Duration.class, ToStringSerializer.instance)
			.addSerializer(Instant.class, ToStringSerializer.instance));

	/**
	 * Creates the feed.
	 * @param endpoint shows the state
	 * @param journal tells events
	 * @param application with which streams end
	 */
	public LiveFeed(FallbackAiEndpoint endpoint, EventJournal journal, ApplicationContext application) {
		this.endpoint = endpoint;
		this.journal = journal;
		this.application = application;
	}

	/**
	 * The events {@code events} with the latest ones, {@code event} for each one that
	 * follows, and {@code status} whenever the state is another one. An event that
	 * happens at the beginning may come twice.
	 */
	Flux<ServerSentEvent<String>> stream() {
		Flux<ServerSentEvent<String>> happening = this.journal.live()
			.onBackpressureBuffer(MOST_WAITING)
			.publishOn(Schedulers.parallel())
			.map((entry) -> event("event", entry));
		Mono<ServerSentEvent<String>> history = Mono
			.fromSupplier(() -> event("events", new FallbackAiEndpoint.Events(this.journal.latestFirst())));
		return Flux.merge(happening, history, states()).takeUntilOther(this.closed.asMono());
	}

	private Flux<ServerSentEvent<String>> states() {
		return Flux.defer(() -> {
			Told told = new Told();
			return Flux.interval(Duration.ZERO, INTERVAL, Schedulers.parallel())
				.onBackpressureDrop()
				.handle((tick, sink) -> {
					ServerSentEvent<String> news = told.next(text(this.endpoint.status()));
					if (news != null) {
						sink.next(news);
					}
				});
		});
	}

	private ServerSentEvent<String> event(String name, Object value) {
		return ServerSentEvent.<String>builder().event(name).data(text(value)).build();
	}

	private String text(Object value) {
		try {
			return this.json.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.application) {
			this.closed.tryEmitEmpty();
		}
	}

	/**
	 * What one client knows. Belongs to one stream.
	 */
	private static final class Told {

		private String latest = "";

		private int quiet;

		@Nullable ServerSentEvent<String> next(String state) {
			if (!state.equals(this.latest)) {
				this.latest = state;
				this.quiet = 0;
				return ServerSentEvent.<String>builder().event("status").data(state).build();
			}
			this.quiet = (this.quiet + 1) % QUIET;
			return (this.quiet == 0) ? ServerSentEvent.<String>builder().comment("nothing new").build() : null;
		}

	}

}
