// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.BodyLimits;
import io.github.fallbackai.gateway.intake.BodyReader;
import io.github.fallbackai.gateway.intake.Decoding;
import io.github.fallbackai.gateway.intake.RefusedBodyException;
import io.github.fallbackai.gateway.intake.Seat;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads and decodes the body of a request. It does not use the application's codecs,
 * because their limit is meant for other requests.
 */
final class RequestBody {

	private static final Duration SOON = Duration.ofSeconds(1);

	private RequestBody() {
	}

	/**
	 * Reads a body.
	 * @param request the request
	 * @param seat takes the memory that it needs
	 * @param limits what it may be
	 * @param decoder decodes it
	 * @param <T> what it is decoded to
	 * @return what it is decoded to, or a {@link RejectedRequestException}
	 */
	static <T> Mono<T> read(ServerRequest request, Seat seat, BodyLimits limits, Function<InputStream, T> decoder) {
		long length = request.headers().contentLength().orElse(-1);
		if (length > limits.bytes() && request.headers().firstHeader(HttpHeaders.EXPECT) != null) {
			// The client asks before it sends anything.
			return Mono.error(new RejectedRequestException(error(limits.tooLarge())));
		}
		return BodyReader
			.read(request.body(BodyExtractors.toDataBuffers()), length, seat, limits, Schedulers.parallel())
			.flatMap((body) -> Decoding.decode(body, limits.pause(), decoder)
				.doOnNext((decoded) -> seat.takeForCall(body.size())))
			.onErrorMap(RefusedBodyException.class, RequestBody::rejected);
	}

	/** Says it to the client. */
	static RejectedRequestException rejected(RefusedBodyException refused) {
		return new RejectedRequestException(error(refused));
	}

	private static GatewayError error(RefusedBodyException refused) {
		String message = String.valueOf(refused.getMessage());
		return switch (refused.reason()) {
			case TOO_LARGE, TOO_LONG -> tooLarge(message);
			case TOO_COMPLEX -> GatewayError.invalid("request_too_complex", null, message);
			case UNREADABLE, INCOMPLETE -> GatewayError.invalid("invalid_json", null, message);
			case TOO_SLOW -> GatewayError.invalid("request_timeout", null, message).status(408);
			case CLIENT_FULL ->
				new GatewayError(429, GatewayError.RATE_LIMIT, "request_memory_exceeded", null, message, SOON);
			case FULL -> GatewayError.server(503, "overloaded", message).retryAfter(SOON);
		};
	}

	private static GatewayError tooLarge(String message) {
		return new GatewayError(413, GatewayError.INVALID_REQUEST, "request_too_large", null, message, null);
	}

}
