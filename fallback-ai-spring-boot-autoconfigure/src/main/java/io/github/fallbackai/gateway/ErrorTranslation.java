// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.status.EndpointStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes a failed call to a client of OpenAI's API. It quotes no provider, unless that
 * is switched on.
 */
final class ErrorTranslation {

	private static final Logger logger = LoggerFactory.getLogger(ErrorTranslation.class);

	/** Statuses that say that the request is at fault. The client gets them unchanged. */
	private static final Set<Integer> CALLERS = Set.of(400, 404, 409, 413, 422);

	private static final String UNSUPPORTED_REQUEST = "unsupported_request";

	private static final String NO_MODEL_CAN = "No model here can do what the request asks for.";

	private final AiFallbackOperations operations;

	private final boolean providerMessages;

	/**
	 * Creates a translation.
	 * @param operations knows when an endpoint may be tried again
	 * @param providerMessages whether a client reads what a provider said about its
	 * request
	 */
	ErrorTranslation(AiFallbackOperations operations, boolean providerMessages) {
		this.operations = operations;
		this.providerMessages = providerMessages;
	}

	/**
	 * Words a failure.
	 * @param error why there is no answer
	 * @return the error for the client
	 */
	GatewayError of(Throwable error) {
		if (error instanceof RejectedRequestException rejected) {
			return rejected.error();
		}
		if (error instanceof RequestRefusedException refused) {
			return refused(refused);
		}
		if (error instanceof DeadlineExceededException) {
			return GatewayError.server(504, "deadline_exceeded", "No model answered in time.");
		}
		if (error instanceof StreamInterruptedException) {
			return GatewayError.server(502, "stream_interrupted",
					"The answer broke off, and no other model could go on with it.");
		}
		if (error instanceof AiFallbackException failed) {
			return unanswered(failed);
		}
		// Its message may quote anything.
		logger.error("A request to the gateway failed: {}", error.getClass().getName());
		logger.debug("Why it failed", error);
		return GatewayError.server(500, "internal_error", "The gateway failed.");
	}

	private GatewayError refused(RequestRefusedException refused) {
		GatewayError error = switch (refused.kind()) {
			case CONTEXT_LENGTH_EXCEEDED -> GatewayError.invalid("context_length_exceeded", "messages",
					"The conversation is too long for every model that could answer.");
			case CONTENT_FILTERED, REFUSED -> GatewayError.invalid("content_filter", null,
					"The provider's policy does not allow this request, or its answer.");
			case UNSUPPORTED -> GatewayError.invalid(UNSUPPORTED_REQUEST, null, NO_MODEL_CAN);
			default ->
				GatewayError.invalid((refused.providerCode() != null) ? refused.providerCode() : "invalid_request",
						null, "The provider refused the request as invalid.");
		};
		Integer status = refused.httpStatus();
		if (status != null && CALLERS.contains(status)) {
			error = error.status(status);
		}
		String words = refused.providerMessage();
		return (this.providerMessages && words != null) ? error.saying(words) : error;
	}

	private GatewayError unanswered(AiFallbackException failed) {
		List<Obstacle> obstacles = new ArrayList<>();
		failed.attempts().stream().map(Obstacle::of).filter(Objects::nonNull).forEach(obstacles::add);
		failed.skips().stream().map(Obstacle::of).forEach(obstacles::add);
		if (obstacles.contains(Obstacle.FAILURE)) {
			return GatewayError.server(502, "all_endpoints_failed", "No model could answer.");
		}
		if (obstacles.contains(Obstacle.RATE_LIMIT) && !obstacles.contains(Obstacle.OUTAGE)) {
			return new GatewayError(429, GatewayError.RATE_LIMIT, "rate_limit_exceeded", null,
					"Every model is rate-limited at present.", soonest(failed));
		}
		if (obstacles.contains(Obstacle.REQUEST) && !obstacles.contains(Obstacle.OUTAGE)) {
			return GatewayError.invalid(UNSUPPORTED_REQUEST, null, NO_MODEL_CAN);
		}
		return GatewayError.server(503, "no_endpoint_available", "No model may be asked at present.")
			.retryAfter(soonest(failed));
	}

	/** When the first of the skipped or failed endpoints may be tried. */
	private @Nullable Duration soonest(AiFallbackException failed) {
		Stream<Duration> skipped = failed.skips().stream().map(Skip::remaining).filter(Objects::nonNull);
		Stream<Duration> coolingDown = (failed instanceof NoEndpointAvailableException) ? Stream.empty()
				: failed.attempts()
					.stream()
					.map((attempt) -> this.operations.status().endpoint(attempt.endpoint()))
					.flatMap((endpoint) -> endpoint.map(EndpointStatus::coolDownRemaining).stream());
		return Stream.concat(skipped, coolingDown).min(Duration::compareTo).orElse(null);
	}

}
