// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
class FailedCalls {

	@ExceptionHandler
	ResponseEntity<String> failed(AiFallbackException ex) {
		HttpStatus status = HttpStatus.BAD_GATEWAY;
		String message = "No model could answer just now.";
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.TEXT_PLAIN);
		if (ex instanceof NoEndpointAvailableException unavailable) {
			status = HttpStatus.SERVICE_UNAVAILABLE;
			unavailable.retryAfter()
				.ifPresent((wait) -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1)));
		}
		else if (ex instanceof DeadlineExceededException) {
			status = HttpStatus.GATEWAY_TIMEOUT;
		}
		else if (ex instanceof RequestRefusedException) {
			status = HttpStatus.UNPROCESSABLE_ENTITY;
			message = "No model takes this request.";
		}
		return new ResponseEntity<>(message, headers, status);
	}

}
