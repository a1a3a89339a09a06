// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;

/**
 * What an HTTP status means when nothing more precise is known.
 */
final class StatusKinds {

	private StatusKinds() {
	}

	static FailureKind of(int status) {
		return switch (status) {
			case 401 -> FailureKind.AUTHENTICATION;
			case 402, 412 -> FailureKind.QUOTA_EXHAUSTED;
			case 403 -> FailureKind.PERMISSION_DENIED;
			case 404, 410 -> FailureKind.MODEL_UNAVAILABLE;
			case 408 -> FailureKind.TIMED_OUT;
			// The conflict of this request may be over in a moment.
			case 409, 421, 423, 424, 425, 499 -> FailureKind.SERVER_ERROR;
			case 413 -> FailureKind.CONTEXT_LENGTH_EXCEEDED;
			case 429 -> FailureKind.RATE_LIMITED;
			case 498, 503, 529 -> FailureKind.OVERLOADED;
			default -> (status >= 500) ? FailureKind.SERVER_ERROR
					: (status >= 400) ? FailureKind.REFUSED_UNEXPLAINED : FailureKind.INVALID_RESPONSE;
		};
	}

	/**
	 * A refused request was not processed. With an error of the server, or within a
	 * success, it may have been.
	 */
	static ReplaySafety replaySafety(int status) {
		boolean refused = (status >= 300 && status < 500 && status != 424 && status != 499) || status == 503
				|| status == 529;
		return refused ? ReplaySafety.REFUSED : ReplaySafety.MAYBE_PROCESSED;
	}

}
