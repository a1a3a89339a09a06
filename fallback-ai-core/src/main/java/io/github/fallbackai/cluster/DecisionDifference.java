// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what operators decided at another instance: the difference from what was
 * known here.
 *
 * @param origin the instance where the latest decision was made, {@code null} if unknown
 * @param now the present moment in nanoseconds
 */
record DecisionDifference(@Nullable String origin, long now) {

	/** Ends that differ by no more than this are the same end, told with a delay. */
	private static final Duration SLACK = Duration.ofSeconds(5);

	/** Everything that was decided in between. */
	List<DecisionNews> between(DecisionView before, DecisionView after) {
		List<DecisionNews> news = new ArrayList<>();
		if (enabled(before, after)) {
			news.add(news(DecisionNews.Kind.ENABLED, null));
		}
		news.addAll(holding(before, after));
		if (after.resets() > before.resets()) {
			news.add(news(DecisionNews.Kind.RESET, null));
		}
		return news;
	}

	/** What holds now and did not hold before. */
	List<DecisionNews> holding(DecisionView before, DecisionView after) {
		List<DecisionNews> news = new ArrayList<>();
		OperatorDecision.Disabling disabling = after.disablingAt(this.now);
		if (disabling != null && !alike(before.disablingAt(this.now), disabling)) {
			news.add(news(DecisionNews.Kind.DISABLED, disabling));
		}
		if (after.preference() > 0 && after.preference() != before.preference()) {
			news.add(news(DecisionNews.Kind.PREFERRED, null));
		}
		return news;
	}

	private boolean enabled(DecisionView before, DecisionView after) {
		OperatorDecision.Disabling disabling = before.disablingAt(this.now);
		boolean ended = disabling != null && after.disablingAt(this.now) == null
				&& (disabling.remaining() == null || disabling.remaining().compareTo(SLACK) > 0);
		return ended || (before.preference() > 0 && after.preference() == 0);
	}

	private static boolean alike(OperatorDecision.@Nullable Disabling one, OperatorDecision.Disabling other) {
		if (one == null || !Objects.equals(one.reason(), other.reason())) {
			return false;
		}
		Duration mine = one.remaining();
		Duration theirs = other.remaining();
		return (mine == null || theirs == null) ? mine == null && theirs == null
				: mine.minus(theirs).abs().compareTo(SLACK) <= 0;
	}

	private DecisionNews news(DecisionNews.Kind kind, OperatorDecision.@Nullable Disabling disabling) {
		return new DecisionNews(kind, (disabling != null) ? disabling.remaining() : null,
				(disabling != null) ? disabling.reason() : null, this.origin);
	}

}
