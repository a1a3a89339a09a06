// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.gateway.face.ErrorResponse;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiError;
import io.github.fallbackai.gateway.messages.MessagesFace;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers with an error. Where no protocol says otherwise, it has OpenAI's shape, or
 * Anthropic's for its clients.
 */
final class ErrorAnswer {

	private ErrorAnswer() {
	}

	/** Answers a request that no protocol reads. */
	static Mono<ServerResponse> respond(GatewayError error, HttpHeaders request) {
		ErrorResponse answer = shaped(error, request);
		return ServerResponse.status(answer.status())
			.headers((headers) -> headers(error, answer, headers))
			.bodyValue(answer.body());
	}

	/** The same where an answer was about to be written. */
	static Mono<Void> write(GatewayError error, HttpHeaders request, ServerHttpResponse response) {
		return write(error, shaped(error, request), response);
	}

	/** The same in the words of a protocol. */
	static Mono<Void> write(GatewayError error, ErrorResponse answer, ServerHttpResponse response) {
		response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
		headers(error, answer, response.getHeaders());
		return write(answer.body(), response);
	}

	private static ErrorResponse shaped(GatewayError error, HttpHeaders request) {
		return MessagesFace.speaks(request) ? MessagesFace.answer(error)
				: new ErrorResponse(error.status(), Map.of(), GatewayJson.write(OpenAiError.json(error)));
	}

	/** Writes a whole body of JSON. */
	static Mono<Void> write(byte[] json, ServerHttpResponse response) {
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setContentLength(json.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
	}

	private static void headers(GatewayError error, ErrorResponse answer, HttpHeaders headers) {
		answer.headers().forEach(headers::set);
		headers.setContentType(MediaType.APPLICATION_JSON);
		if (error.status() == 401) {
			headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		if (error.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(error.retryAfter())));
		}
	}

	/** Rounded up, because a client that comes back too early is refused again. */
	private static long seconds(Duration wait) {
		return Math.max(1, wait.plusMillis(999).toSeconds());
	}

}
