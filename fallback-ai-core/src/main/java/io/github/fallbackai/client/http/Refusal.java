package io.github.fallbackai.client.http;

import java.util.Optional;

import io.github.fallbackai.client.http.provider.RejectedParameter;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;

/**
 * A response that is no success.
 *
 * @param failure what it means
 * @param parameter the parameter that is all the provider has against the request
 */
record Refusal(Failure failure, Optional<String> parameter) {

	static Refusal of(Failure failure, ResponseHead head, byte[] body) {
		return new Refusal(failure,
				(failure.kind() == FailureKind.INVALID_REQUEST) ? RejectedParameter.in(head, body) : Optional.empty());
	}

}
