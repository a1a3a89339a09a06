// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.fallbackai.event.DrillEvent;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Remembers the latest switches and changes of endpoints' states. Safe for use by several
 * threads.
 */
public final class EventJournal implements ImmediateCallListener {

	/** Number of events that are remembered. */
	public static final int CAPACITY = 256;

	private final Sinks.Many<Entry> live = Sinks.many().multicast().directBestEffort();

	private final Deque<Entry> entries = new ArrayDeque<>(CAPACITY);

	private final String instance;

	private final Clock clock;

	/**
	 * Starts a journal.
	 * @param instance what this instance is called
	 * @param clock tells the time
	 */
	public EventJournal(String instance, Clock clock) {
		this.instance = instance;
		this.clock = clock;
	}

	@Override
	public void onEvent(FailoverEvent event) {
		Entry entry = entry(event);
		if (entry != null) {
			synchronized (this.entries) {
				if (this.entries.size() == CAPACITY) {
					this.entries.removeFirst();
				}
				this.entries.addLast(entry);
				this.live.tryEmitNext(entry);
			}
		}
	}

	/** What this instance is called. */
	String instance() {
		return this.instance;
	}

	/** What happens from now on. Subscribers must not hold up the thread. */
	Flux<Entry> live() {
		return this.live.asFlux();
	}

	/** What is remembered, latest first. */
	public List<Entry> latestFirst() {
		synchronized (this.entries) {
			List<Entry> entries = new ArrayList<>(this.entries);
			Collections.reverse(entries);
			return entries;
		}
	}

	private @Nullable Entry entry(FailoverEvent event) {
		if (event instanceof FailoverEvent.Switched switched) {
			return new Entry(this.clock.instant(), "switched", this.instance, switched.from().endpoint(), switched.to(),
					switched.call().chain(), String.valueOf(switched.from().failure()), null);
		}
		if (event instanceof FailoverEvent.EndpointOpened opened) {
			return entry(opened, "opened", (opened.cause() != null) ? opened.cause().name() : null, opened.openFor());
		}
		if (event instanceof FailoverEvent.EndpointCooled cooled) {
			return entry(cooled, "cooled", cooled.cause().name(), cooled.coolFor());
		}
		if (event instanceof FailoverEvent.EndpointClosed closed) {
			return entry(closed, "recovered", null, null);
		}
		if (event instanceof FailoverEvent.EndpointRefusing refusing) {
			return entry(refusing, "refusing", refusing.cause().name(), null);
		}
		if (event instanceof FailoverEvent.EndpointAccepting accepting) {
			return entry(accepting, "accepting", null, null);
		}
		if (event instanceof FailoverEvent.EndpointProbed probed) {
			FailureKind failure = probed.attempt().failure();
			return entry(probed, "probed", (failure != null) ? failure.name() : null, null);
		}
		if (event instanceof FailoverEvent.EndpointControlled controlled) {
			return entry(controlled, Words.of(controlled.action()), controlled.reason(), controlled.length());
		}
		return (event instanceof DrillEvent drill) ? drill(drill) : null;
	}

	private Entry drill(DrillEvent event) {
		if (event instanceof DrillEvent.Began began) {
			return new Entry(this.clock.instant(), "drill-began", this.instance, began.endpoint(), null, null,
					(began.reason() != null) ? began.fault() + ": " + began.reason() : began.fault(), began.length());
		}
		return new Entry(this.clock.instant(), "drill-ended", this.instance, event.endpoint(), null, null,
				event.fault(), null);
	}

	private Entry entry(FailoverEvent.OfEndpoint event, String type, @Nullable String reason,
			@Nullable Duration length) {
		String origin = event.origin();
		return new Entry(this.clock.instant(), type, (origin != null) ? origin : this.instance, event.endpoint(), null,
				null, reason, length);
	}

	/**
	 * An event as operators see it.
	 *
	 * @param at when this instance learned of it
	 * @param type what happened: {@code switched}, {@code opened}, {@code cooled},
	 * {@code probed}, {@code recovered}, {@code refusing}, {@code accepting},
	 * {@code drill-began}, {@code drill-ended}, or an operator's action
	 * @param instance where it happened first
	 * @param endpoint the endpoint that it is about
	 * @param to the endpoint that takes over, {@code null} unless it is a switch
	 * @param chain the chain in which that happened, {@code null} unless it is a switch
	 * @param reason why, {@code null} if unknown
	 * @param length for how long, {@code null} if that is not known or does not apply
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Entry(Instant at, String type, String instance, String endpoint, @Nullable String to,
			@Nullable String chain, @Nullable String reason, @Nullable Duration length) {

	}

}
