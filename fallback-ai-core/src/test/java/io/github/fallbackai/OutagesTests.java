// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.fallbackai.OutageTraffic.Kind;
import io.github.fallbackai.OutageTraffic.Measured;
import io.github.fallbackai.event.FailoverEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Outages of a minute under one call every four seconds, over real connections and ten
 * times as fast, all kinds at the same time. In real time, twenty in a row, which takes
 * half an hour: {@code -Dfallback-ai.test.outages.scale=1
 * -Dfallback-ai.test.outages.count=20}.
 */
class OutagesTests {

	private static final int SCALE = Integer.getInteger("fallback-ai.test.outages.scale", 10);

	private static final int COUNT = Integer.getInteger("fallback-ai.test.outages.count", 1);

	/** A machine that is busy with other tests may stop for a moment. */
	private static final Duration BUSY = (SCALE > 1) ? Duration.ofSeconds(1) : Duration.ZERO;

	private static final Duration SOON = Duration.ofSeconds(10).dividedBy(SCALE).plus(BUSY);

	/** Not scaled: nothing that a call waits for depends on the scale. */
	private static final Duration SLOW = Duration.ofMillis(2500);

	private static final int MOST_REQUESTS = (SCALE > 1) ? 12 : 10;

	private static final int REPETITIONS = (SCALE > 1) ? 3 : 0;

	@Test
	void theFirstEndpointIsBackSoonAndNoCallWaitsForIt() throws Exception {
		Kind[] kinds = Kind.values();
		ExecutorService threads = Executors.newFixedThreadPool(kinds.length);
		try {
			List<Future<List<Measured>>> results = new ArrayList<>();
			for (Kind kind : kinds) {
				results.add(threads.submit(() -> outages(kind)));
			}
			for (Kind kind : kinds) {
				assertThat(results.get(kind.ordinal()).get()).as("%s", kind).allMatch(OutagesTests::holds);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static List<Measured> outages(Kind kind) {
		List<Measured> outages = new ArrayList<>();
		try (OutageTraffic traffic = new OutageTraffic(SCALE)) {
			for (int number = 1; number <= COUNT; number++) {
				Measured measured = outage(traffic, kind);
				outages.add(measured);
				System.getLogger(OutagesTests.class.getName())
					.log(System.Logger.Level.INFO, "outage " + number + " " + kind + ": " + measured);
			}
		}
		return outages;
	}

	/** A machine that stops for a while spoils a fast outage, which is repeated then. */
	private static Measured outage(OutageTraffic traffic, Kind kind) {
		Measured measured = traffic.outage(kind);
		for (int repetition = 0; repetition < REPETITIONS && !holds(measured); repetition++) {
			measured = traffic.outage(kind);
		}
		return measured;
	}

	private static boolean holds(Measured outage) {
		if (outage.probes().isEmpty()) {
			return false;
		}
		FailoverEvent.EndpointProbed last = outage.probes().get(outage.probes().size() - 1);
		return outage.answered() && outage.back().compareTo(SOON) <= 0 && outage.requests() <= MOST_REQUESTS
				&& outage.slowest().compareTo(SLOW) <= 0 && last.cause() == null && last.attempt().usage() != null;
	}

}
