// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.SpendPeriod;
import io.github.fallbackai.state.SpendReport;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which all limits of spending live with a wall clock that may be wrong: each
 * period has a page, and the page that counts is the one of the clock's present period.
 * Pages are remembered for a while, so that a clock that comes back finds what was spent.
 * A clock that is set back renews nothing, since what was spent on the later page counts
 * on the earlier one too; and a clock that was ahead once freezes nothing, since the
 * later page is left behind. Belongs to a ledger's lock.
 */
final class SpendPages {

	/** A clock that jumps to and fro needs two. */
	private static final int MOST = 8;

	/** Clocks of instances differ. */
	private static final Duration GRACE = Duration.ofMinutes(1);

	private final Duration length;

	private final Map<Long, SpendPage> pages = new LinkedHashMap<>(MOST * 2, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, SpendPage> eldest) {
			return size() > MOST;
		}

	};

	private SpendPage present;

	SpendPages(Duration length, long now) {
		this.length = length;
		this.present = page(now);
	}

	/** The page that counts at a moment. */
	SpendPage at(long now) {
		SpendPage before = this.present;
		if (!before.covers(now)) {
			this.present = page(now);
			if (before.laterThan(this.present)) {
				this.present.carry(before);
			}
		}
		return this.present;
	}

	private SpendPage page(long now) {
		SpendPeriod period = SpendPeriod.at(this.length, now);
		return this.pages.computeIfAbsent(period.number(), (number) -> new SpendPage(period, now));
	}

	/** The page of a period, {@code null} if it is not remembered. */
	private @Nullable SpendPage of(SpendPeriod period) {
		return this.pages.get(period.number());
	}

	/** What this instance has spent on the page of a moment. */
	SpendReport report(EndpointId subject, String contributor, long now) {
		SpendPage page = at(now);
		return new SpendReport(subject, page.period(), contributor, page.here(),
				page.period().remaining(now).plus(GRACE));
	}

	/** The store answered a report. */
	void answered(SpendReport report, long total) {
		SpendPage page = of(report.period());
		if (page != null) {
			page.answered(report.amount(), total);
		}
	}

	/** The page after another, {@code null} unless the clock has been there. */
	@Nullable SpendPage after(SpendPage page) {
		return this.pages.get(page.period().number() + 1);
	}

}
