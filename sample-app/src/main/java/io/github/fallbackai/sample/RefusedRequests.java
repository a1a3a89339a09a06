package io.github.fallbackai.sample;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/**
 * Answers requests that cannot be served with JSON, whatever the client said it accepts:
 * a script that asked for an event stream still has to learn what was wrong with its
 * question.
 */
@RestControllerAdvice
class RefusedRequests {

	@ExceptionHandler
	ResponseEntity<ErrorBody> refused(ResponseStatusException ex) {
		String reason = (ex.getReason() != null) ? ex.getReason() : "The request cannot be served.";
		return ResponseEntity.status(ex.getStatusCode())
			.headers((headers) -> ex.getHeaders().forEach((name, values) -> headers.set(name, values.get(0))))
			.contentType(MediaType.APPLICATION_JSON)
			.body(new ErrorBody(reason));
	}

}
