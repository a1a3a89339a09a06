// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.EnumSet;
import java.util.Set;

import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.engine.Situation.Held;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NextEndpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;

/**
 * Decides what follows a failed attempt. A pure function: the same facts give the same
 * decision.
 */
final class FailoverPolicy {

	/** The kinds that blame the request itself. */
	static final Set<FailureKind> REQUEST_REFUSALS = EnumSet.of(FailureKind.INVALID_REQUEST,
			FailureKind.REFUSED_UNEXPLAINED);

	/** The kinds of failure with which a provider refuses a prefill. */
	private static final Set<FailureKind> PREFILL_REFUSALS = EnumSet.of(FailureKind.INVALID_REQUEST,
			FailureKind.UNSUPPORTED, FailureKind.REFUSED_UNEXPLAINED);

	private final CallSettings settings;

	private final StreamRecovery recovery;

	FailoverPolicy(CallSettings settings, StreamRecovery recovery) {
		this.settings = settings;
		this.recovery = recovery;
	}

	Decision decide(Situation situation, RetrySettings retry) {
		boolean enough = situation.effort().attempts() >= this.settings.maxAttempts();
		if (!enough && refusedPrefill(situation)) {
			return Decision.RETRY_WITHOUT_PREFILL;
		}
		if (!enough && situation.formRefused()) {
			return Decision.RETRY_IN_SIMPLER_FORM;
		}
		if (situation.held() != Held.NOTHING) {
			return enough ? Decision.INTERRUPT : afterDelivery(situation, retry);
		}
		if (!movesOn(situation)) {
			boolean endpointFailed = situation.failure().kind().nextEndpoint() == NextEndpoint.YES;
			return endpointFailed ? Decision.GIVE_UP : Decision.REFUSE;
		}
		if (secondOpinion(situation)) {
			return Decision.REFUSE_AS_BEFORE;
		}
		if (enough) {
			return Decision.GIVE_UP;
		}
		return worthARetry(situation, retry) ? Decision.RETRY : Decision.NEXT_ENDPOINT;
	}

	private Decision afterDelivery(Situation situation, RetrySettings retry) {
		Held held = situation.held();
		if (this.recovery == StreamRecovery.FAIL || held == Held.TOOL_CALL || !movesOn(situation)) {
			return Decision.INTERRUPT;
		}
		boolean divisible = held != Held.INDIVISIBLE && (held != Held.TEXT_BEFORE_CALL || !situation.restartable());
		if (this.recovery == StreamRecovery.RESUME && divisible) {
			return worthARetry(situation, retry) ? Decision.RETRY : Decision.RESUME;
		}
		return situation.restartable() ? Decision.RESTART : Decision.INTERRUPT;
	}

	private boolean movesOn(Situation situation) {
		return this.settings.movesOnAfter(situation.failure().kind(), situation.effort().endpoints() == 1);
	}

	/**
	 * Whether two endpoints refuse the request, although not both explain why.
	 */
	private static boolean secondOpinion(Situation situation) {
		Failure earlier = situation.earlierRefusal();
		FailureKind kind = situation.failure().kind();
		return earlier != null && REQUEST_REFUSALS.contains(kind)
				&& (kind == FailureKind.REFUSED_UNEXPLAINED || earlier.kind() == FailureKind.REFUSED_UNEXPLAINED);
	}

	private static boolean refusedPrefill(Situation situation) {
		return situation.prefilled() && !situation.contentSeen()
				&& PREFILL_REFUSALS.contains(situation.failure().kind());
	}

	private static boolean worthARetry(Situation situation, RetrySettings retry) {
		return !situation.contentSeen() && situation.effort().attemptsInARow() < retry.maxAttempts()
				&& retry.kinds().contains(situation.failure().kind());
	}

}
