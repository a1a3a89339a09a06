// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of the attempts at one endpoint since the start. Safe for use by several
 * threads.
 */
final class EndpointStatistics {

	private final Map<AttemptOutcome, Long> outcomes = new EnumMap<>(AttemptOutcome.class);

	private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);

	private final Map<AttemptOutcome, Long> probes = new EnumMap<>(AttemptOutcome.class);

	private final RecentDurations latency = new RecentDurations();

	private final RecentDurations firstContent = new RecentDurations();

	private Usage tokens = new Usage(0, 0, null, null);

	private @Nullable Cost cost;

	private @Nullable Cost estimatedCost;

	synchronized void add(Attempt attempt) {
		this.outcomes.merge(attempt.outcome(), 1L, Long::sum);
		if (attempt.failure() != null) {
			this.failures.merge(attempt.failure(), 1L, Long::sum);
		}
		if (attempt.outcome() == AttemptOutcome.SUCCEEDED) {
			this.latency.add(attempt.duration());
		}
		if (attempt.timeToFirstContent() != null) {
			this.firstContent.add(attempt.timeToFirstContent());
		}
		spent(attempt);
	}

	/** A probe that no call made counts by itself, but costs like any attempt. */
	synchronized void probed(Attempt attempt) {
		this.probes.merge(attempt.outcome(), 1L, Long::sum);
		spent(attempt);
	}

	private void spent(Attempt attempt) {
		if (attempt.cost() != null) {
			add(attempt.cost());
		}
		if (attempt.usage() != null) {
			this.tokens = this.tokens.plus(attempt.usage());
		}
	}

	private void add(Cost more) {
		this.cost = (this.cost != null) ? this.cost.plus(more) : more;
		if (more.estimated()) {
			this.estimatedCost = (this.estimatedCost != null) ? this.estimatedCost.plus(more) : more;
		}
	}

	synchronized Summary summary() {
		return new Summary(words(this.outcomes), words(this.failures), words(this.probes), this.latency.percentiles(),
				this.firstContent.percentiles(), new Tokens(this.tokens.inputTokens(), this.tokens.outputTokens()),
				money());
	}

	private static Map<String, Long> words(Map<? extends Enum<?>, Long> counts) {
		Map<String, Long> words = new LinkedHashMap<>();
		counts.forEach((key, count) -> words.put(Words.of(key), count));
		return words;
	}

	private @Nullable Money money() {
		return (this.cost == null) ? null : new Money(this.cost.amount(),
				(this.estimatedCost != null) ? this.estimatedCost.amount() : BigDecimal.ZERO);
	}

	/**
	 * The statistics that operators see.
	 *
	 * @param attempts number of attempts by outcome
	 * @param failures number of failed attempts by kind
	 * @param probes number of background probes by outcome
	 * @param latency durations of the latest successful attempts, {@code null} without
	 * any
	 * @param firstContent times to first content of the latest attempts, {@code null}
	 * without any
	 * @param tokens tokens that the provider reported
	 * @param cost what all that cost, {@code null} without a price
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Summary(Map<String, Long> attempts, Map<String, Long> failures,
			@JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> probes, @Nullable Percentiles latency,
			@Nullable Percentiles firstContent, Tokens tokens, @Nullable Money cost) {

	}

	/**
	 * Tokens since the start.
	 *
	 * @param input tokens of prompts
	 * @param output tokens of answers
	 */
	record Tokens(long input, long output) {

	}

	/**
	 * Cost since the start.
	 *
	 * @param total the whole amount
	 * @param estimated how much of it is an estimate
	 */
	record Money(BigDecimal total, BigDecimal estimated) {

	}

	/**
	 * Percentiles of the latest durations, in milliseconds.
	 *
	 * @param p50 half of them were shorter
	 * @param p95 95 % were shorter
	 * @param p99 99 % were shorter
	 */
	record Percentiles(long p50, long p95, long p99) {

	}

}
