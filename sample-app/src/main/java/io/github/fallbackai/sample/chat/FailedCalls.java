// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.util.List;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.NoEndpointAvailableException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers the client when no model answered the call.
 */
@RestControllerAdvice
class FailedCalls {

	@ExceptionHandler
	ResponseEntity<Body> failed(AiFallbackException ex) {
		CallFailure failure = CallFailure.of(ex);
		return ResponseEntity.status(failure.status())
			.headers((headers) -> comeBack(ex, headers))
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Body(failure.message(), failure.kind(), failure.attempts(), failure.skips()));
	}

	private static void comeBack(AiFallbackException ex, HttpHeaders headers) {
		if (ex instanceof NoEndpointAvailableException unavailable) {
			unavailable.retryAfter()
				.ifPresent((wait) -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(CallFailure.seconds(wait))));
		}
	}

	/**
	 * The body of the answer.
	 *
	 * @param error what happened, for people
	 * @param kind what happened, for programs
	 * @param attempts everything that was tried, oldest first
	 * @param skips the endpoints that were skipped
	 */
	record Body(String error, String kind, List<AttemptView> attempts, List<SkipView> skips) {

	}

}
