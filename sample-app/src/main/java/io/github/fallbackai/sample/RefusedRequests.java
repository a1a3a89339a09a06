// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Answers requests that cannot be served with JSON, whatever the client accepts. A script
 * that asked for an event stream still has to learn what was wrong with its question.
 * Requests without a controller, such as an unknown path of the gateway, are answered
 * elsewhere.
 */
@RestControllerAdvice(basePackageClasses = RefusedRequests.class)
class RefusedRequests {

	@ExceptionHandler
	ResponseEntity<ErrorBody> refused(ResponseStatusException ex) {
		return ResponseEntity.status(ex.getStatusCode())
			.headers((headers) -> ex.getHeaders().forEach((name, values) -> headers.set(name, values.get(0))))
			.contentType(MediaType.APPLICATION_JSON)
			.body(new ErrorBody(reason(ex)));
	}

	/**
	 * Spring's message about a body names classes and methods, so it is not passed on.
	 */
	private static String reason(ResponseStatusException ex) {
		if (ex instanceof UnsupportedMediaTypeStatusException) {
			return "The body has to be JSON: send 'Content-Type: application/json'.";
		}
		if (ex instanceof ServerWebInputException) {
			return "The body cannot be read: it has to be a JSON object.";
		}
		return (ex.getReason() != null) ? ex.getReason() : "The request cannot be served.";
	}

}
