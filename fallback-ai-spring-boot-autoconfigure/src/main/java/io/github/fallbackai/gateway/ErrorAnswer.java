package io.github.fallbackai.gateway;

import java.time.Duration;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiError;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers with an error. Where no protocol says otherwise, it has OpenAI's shape.
 */
final class ErrorAnswer {

	private ErrorAnswer() {
	}

	static Mono<ServerResponse> respond(GatewayError error) {
		return ServerResponse.status(error.status())
			.headers((headers) -> headers(error, headers))
			.bodyValue(body(error));
	}

	/** Answers with an error where an answer was about to be written. */
	static Mono<Void> write(GatewayError error, ServerHttpResponse response) {
		return write(error, body(error), response);
	}

	/** The same in the words of a protocol. */
	static Mono<Void> write(GatewayError error, byte[] body, ServerHttpResponse response) {
		response.setStatusCode(HttpStatusCode.valueOf(error.status()));
		headers(error, response.getHeaders());
		return write(body, response);
	}

	private static byte[] body(GatewayError error) {
		return GatewayJson.write(OpenAiError.json(error));
	}

	/** Writes a whole body of JSON. */
	static Mono<Void> write(byte[] json, ServerHttpResponse response) {
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setContentLength(json.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(json)));
	}

	private static void headers(GatewayError error, HttpHeaders headers) {
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
