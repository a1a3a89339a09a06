// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Clock;
import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.SpendStore;
import reactor.core.publisher.Mono;

/**
 * Amounts of periods that instances count together. All access to them is synchronized on
 * this object.
 */
abstract class SharedPages implements Shared {

	private final EndpointId subject;

	private final Clock clock;

	private final SpendPages pages;

	SharedPages(EndpointId subject, Duration period, Clock clock) {
		this.subject = subject;
		this.clock = clock;
		this.pages = new SpendPages(period, clock.millis());
	}

	final long now() {
		return this.clock.millis();
	}

	final SpendPages pages() {
		return this.pages;
	}

	final SpendPage present() {
		return this.pages.at(now());
	}

	@Override
	public final synchronized boolean unreported() {
		return present().unreported();
	}

	@Override
	public final Mono<Void> exchange(SpendStore store, String contributor) {
		return Mono.defer(() -> {
			SpendReport report = report(contributor);
			return store.report(report).doOnNext((total) -> answered(report, total));
		}).then();
	}

	private synchronized SpendReport report(String contributor) {
		return this.pages.report(this.subject, contributor, now());
	}

	private synchronized void answered(SpendReport report, long total) {
		this.pages.answered(report, total);
	}

}
