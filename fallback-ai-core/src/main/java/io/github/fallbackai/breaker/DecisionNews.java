package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;

/**
 * What to tell about decisions that operators made at another instance: what differs from
 * what was known here.
 *
 * @param endpoint name of the endpoint
 * @param origin the instance where the latest decision was made, {@code null} if unknown
 * @param now the present moment in nanoseconds
 */
record DecisionNews(String endpoint, @Nullable String origin, long now) {

	/** Ends that differ by no more are the same end, handed on with a delay. */
	private static final Duration SLACK = Duration.ofSeconds(5);

	/** Everything that was decided in between. */
	List<FailoverEvent> between(Ruling before, Ruling after) {
		List<FailoverEvent> news = new ArrayList<>();
		if (enabled(before, after)) {
			news.add(event(ControlAction.ENABLE, null));
		}
		news.addAll(holding(before, after));
		if (after.resets() > before.resets()) {
			news.add(event(ControlAction.RESET, null));
		}
		return news;
	}

	/** What holds now and did not hold before. */
	List<FailoverEvent> holding(Ruling before, Ruling after) {
		List<FailoverEvent> news = new ArrayList<>();
		OperatorDecision.Disabling disabling = after.disablingAt(this.now);
		if (disabling != null && !alike(before.disablingAt(this.now), disabling)) {
			news.add(event(ControlAction.DISABLE, disabling));
		}
		if (after.preference() > 0 && after.preference() != before.preference()) {
			news.add(event(ControlAction.PREFER, null));
		}
		return news;
	}

	private boolean enabled(Ruling before, Ruling after) {
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

	private FailoverEvent event(ControlAction action, OperatorDecision.@Nullable Disabling disabling) {
		return new FailoverEvent.EndpointControlled(this.endpoint, action,
				(disabling != null) ? disabling.remaining() : null, (disabling != null) ? disabling.reason() : null,
				this.origin);
	}

}
