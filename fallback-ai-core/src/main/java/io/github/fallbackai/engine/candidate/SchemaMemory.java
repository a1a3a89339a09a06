// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.fallbackai.chat.ResponseFormat;

/**
 * Remembers for ten minutes which forms of the answer an endpoint refused. It concerns
 * only requests that may be asked in another form; the others skip the endpoint (see
 * {@link UnmetNeeds}). Safe for use by several threads.
 */
final class SchemaMemory {

	private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();

	private final LongSupplier nanoClock;

	private volatile long schemaRefusedAt;

	private volatile long objectRefusedAt;

	SchemaMemory(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
		this.schemaRefusedAt = nanoClock.getAsLong() - KEPT_NANOS;
		this.objectRefusedAt = this.schemaRefusedAt;
	}

	void refused(ResponseFormat.Type form) {
		long now = this.nanoClock.getAsLong();
		switch (form) {
			case JSON_SCHEMA -> this.schemaRefusedAt = now;
			case JSON_OBJECT -> this.objectRefusedAt = now;
			case TEXT, VECTORS -> {
			}
		}
	}

	boolean refuses(ResponseFormat.Type form) {
		return switch (form) {
			case JSON_SCHEMA -> recent(this.schemaRefusedAt);
			case JSON_OBJECT -> recent(this.objectRefusedAt);
			case TEXT, VECTORS -> false;
		};
	}

	private boolean recent(long refusedAt) {
		return this.nanoClock.getAsLong() - refusedAt < KEPT_NANOS;
	}

}
