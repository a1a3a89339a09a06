// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.StreamInterruptedException;

/**
 * Chooses the exception that tells a caller why there is no answer.
 */
final class CallFailures {

	private final CallState call;

	CallFailures(CallState call) {
		this.call = call;
	}

	/**
	 * No candidate is left.
	 * @param delivered the text that the caller holds
	 */
	AiFallbackException exhausted(String delivered) {
		CallRecord record = record();
		Failure last = this.call.history().lastFailure();
		if (last != null && !delivered.isEmpty()) {
			return new StreamInterruptedException(last, delivered, record);
		}
		if (this.call.deadline().over()) {
			return new DeadlineExceededException(this.call.deadline().limit(), record);
		}
		if (last == null) {
			return new NoEndpointAvailableException(record);
		}
		if (last.kind() == FailureKind.CONTEXT_LENGTH_EXCEEDED) {
			return new RequestRefusedException(last, record);
		}
		return unanswered(record);
	}

	/** The caller holds part of an answer that no endpoint continues. */
	AiFallbackException interrupted(Failure failure, String delivered) {
		return new StreamInterruptedException(failure, delivered, record());
	}

	/** Every other endpoint would refuse the request too. */
	AiFallbackException refused(Failure failure) {
		return new RequestRefusedException(failure, record());
	}

	/** Enough was tried. */
	AiFallbackException givenUp() {
		CallRecord record = record();
		return this.call.deadline().over() ? new DeadlineExceededException(this.call.deadline().limit(), record)
				: unanswered(record);
	}

	private AiFallbackException unanswered(CallRecord record) {
		Failure refusal = this.call.history().refusedByAll();
		return (refusal != null) ? new RequestRefusedException(refusal, record)
				: new AllEndpointsFailedException(record);
	}

	private CallRecord record() {
		return new CallRecord(this.call.chain().name(), this.call.history().attempts(), this.call.history().skips());
	}

}
