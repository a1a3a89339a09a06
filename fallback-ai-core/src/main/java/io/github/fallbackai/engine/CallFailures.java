package io.github.fallbackai.engine;

import java.util.List;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.StreamInterruptedException;

/**
 * Chooses the exception that tells a caller why there is no answer.
 */
final class CallFailures {

	private CallFailures() {
	}

	/** No candidate is left. */
	static AiFallbackException exhausted(String chain, CallHistory history, List<Skip> skips, Deadline deadline,
			String delivered) {
		CallRecord record = new CallRecord(chain, history.attempts(), skips);
		Failure last = history.lastFailure();
		if (last != null && !delivered.isEmpty()) {
			return new StreamInterruptedException(last, delivered, record);
		}
		if (deadline.expired()) {
			return new DeadlineExceededException(deadline.limit(), record);
		}
		if (last == null) {
			return new NoEndpointAvailableException(record);
		}
		if (last.kind() == FailureKind.CONTEXT_LENGTH_EXCEEDED) {
			return new RequestRefusedException(last, record);
		}
		return unanswered(history, record);
	}

	/** The caller holds part of an answer that nobody continues. */
	static AiFallbackException interrupted(Failure failure, String delivered, String chain, CallHistory history) {
		return new StreamInterruptedException(failure, delivered, record(chain, history));
	}

	/** No other endpoint would see the request differently. */
	static AiFallbackException refused(Failure failure, String chain, CallHistory history) {
		return new RequestRefusedException(failure, record(chain, history));
	}

	/** Enough was tried. */
	static AiFallbackException givenUp(String chain, CallHistory history) {
		return unanswered(history, record(chain, history));
	}

	private static AiFallbackException unanswered(CallHistory history, CallRecord record) {
		Failure refusal = history.refusedByAll();
		return (refusal != null) ? new RequestRefusedException(refusal, record)
				: new AllEndpointsFailedException(record);
	}

	private static CallRecord record(String chain, CallHistory history) {
		return new CallRecord(chain, history.attempts(), List.of());
	}

}
