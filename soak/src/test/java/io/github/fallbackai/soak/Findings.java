// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a soak checked, and what was wrong.
 */
final class Findings {

	private static final Logger logger = LoggerFactory.getLogger(Findings.class);

	/** A machine that builds something else beside the soak takes its time. */
	private static final Duration PATIENCE = Duration.ofMinutes(4);

	/** What does not come to rest in that time holds up nothing else. */
	private static final Duration PATIENCE_AFTER_FINDING = Duration.ofSeconds(15);

	private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

	private static final int MOST = 50;

	private final Queue<String> texts = new ConcurrentLinkedQueue<>();

	private final AtomicLong count = new AtomicLong();

	private final List<Row> rows = new ArrayList<>();

	private Duration patience = PATIENCE;

	void add(String finding) {
		if (this.count.incrementAndGet() <= MOST) {
			logger.error("Finding: {}", finding);
			this.texts.add(finding);
		}
	}

	/** Waits until something has a value, and remembers whether it came to that. */
	void expect(String what, long expected, LongSupplier found) {
		expect(what, expected, expected, found);
	}

	/**
	 * Waits until something is at most a value, and remembers whether it came to that.
	 */
	void expectAtMost(String what, long most, LongSupplier found) {
		expect(what, Long.MIN_VALUE, most, found);
	}

	private void expect(String what, long least, long most, LongSupplier found) {
		long value = await(found, (each) -> each >= least && each <= most);
		boolean right = value >= least && value <= most;
		String expected = (least == most) ? Long.toString(most) : "≤ " + most;
		this.rows.add(new Row(what, expected, value, right));
		if (!right) {
			this.patience = PATIENCE_AFTER_FINDING;
			add(what + ": " + value + " (expected: " + expected + ")");
		}
	}

	/** The first value that is right, or the last one that there is patience for. */
	private long await(LongSupplier found, LongPredicate right) {
		AtomicLong value = new AtomicLong();
		try {
			Awaitility.await()
				.pollInSameThread()
				.pollDelay(Duration.ZERO)
				.pollInterval(LOOK_AGAIN)
				.atMost(this.patience)
				.until(() -> {
					value.set(found.getAsLong());
					return right.test(value.get());
				});
		}
		catch (ConditionTimeoutException ex) {
			// The caller judges the value; a slow look may have found a right one.
		}
		return value.get();
	}

	long count() {
		return this.count.get();
	}

	List<String> texts() {
		return List.copyOf(this.texts);
	}

	List<Row> rows() {
		return List.copyOf(this.rows);
	}

	/**
	 * Something that was checked.
	 *
	 * @param what what it was
	 * @param expected what it had to be
	 * @param found what it was in the end
	 * @param right whether it was so
	 */
	record Row(String what, String expected, long found, boolean right) {

	}

}
