package io.github.fallbackai.gateway;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers with an error in OpenAI's shape.
 */
final class ErrorBody {

	private ErrorBody() {
	}

	static ObjectNode json(GatewayError error) {
		ObjectNode json = GatewayJson.object();
		json.putObject("error")
			.put("message", error.message())
			.put("type", error.type())
			.put("param", error.param())
			.put("code", error.code());
		return json;
	}

	static Mono<ServerResponse> respond(GatewayError error) {
		return ServerResponse.status(error.status())
			.headers((headers) -> headers(error, headers))
			.bodyValue(GatewayJson.write(json(error)));
	}

	/** Answers with an error where an answer was about to be written. */
	static Mono<Void> write(GatewayError error, ServerHttpResponse response) {
		response.setStatusCode(HttpStatusCode.valueOf(error.status()));
		headers(error, response.getHeaders());
		return write(GatewayJson.write(json(error)), response);
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
