// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.fallbackai.endpoint.EndpointId;

/**
 * Adds up what was spent in this process. Keeps the latest period of each endpoint.
 */
final class SpendTotals {

	private final ConcurrentMap<Subject, Amounts> totals = new ConcurrentHashMap<>();

	long report(SpendReport report) {
		Subject subject = new Subject(report.endpoint(), report.period().length());
		return this.totals.computeIfAbsent(subject, (key) -> new Amounts()).add(report);
	}

	private record Subject(EndpointId endpoint, Duration period) {

	}

	private static final class Amounts {

		private final Map<String, Long> amounts = new HashMap<>();

		private long period = Long.MIN_VALUE;

		synchronized long add(SpendReport report) {
			if (report.period().number() < this.period) {
				return report.amount();
			}
			if (report.period().number() > this.period) {
				this.amounts.clear();
				this.period = report.period().number();
			}
			if (report.amount() > 0) {
				this.amounts.merge(report.contributor(), report.amount(), Math::max);
			}
			return this.amounts.values().stream().mapToLong(Long::longValue).sum();
		}

	}

}
