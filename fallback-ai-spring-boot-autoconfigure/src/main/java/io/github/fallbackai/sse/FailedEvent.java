// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ToolRoundsExceededException;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.StreamInterruptedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Describes a failed call to the user. It contains no message of an exception.
 */
final class FailedEvent {

	private static final Logger logger = LoggerFactory.getLogger(FailedEvent.class);

	private FailedEvent() {
	}

	static ServerSentEvent<String> of(Throwable error) {
		if (error instanceof AiFallbackException failed) {
			return of(kind(failed), message(failed), failed.attempts(), failed.skips());
		}
		// Its message may quote anything.
		logger.error("A streamed call failed: {}", error.getClass().getName());
		logger.debug("Why it failed", error);
		return of("INTERNAL_ERROR", "Something went wrong. Please try again.", List.of(), List.of());
	}

	private static ServerSentEvent<String> of(String kind, String message, List<Attempt> attempts, List<Skip> skips) {
		ObjectNode json = EventJson.object().put("message", message).put("kind", kind);
		json.set("attempts", EventJson.attempts(attempts));
		json.set("skips", EventJson.skips(skips));
		return EventJson.event("failed", json);
	}

	private static String kind(AiFallbackException failed) {
		if (failed instanceof NoEndpointAvailableException) {
			return "NO_ENDPOINT_AVAILABLE";
		}
		if (failed instanceof DeadlineExceededException) {
			return "DEADLINE_EXCEEDED";
		}
		if (failed instanceof StreamInterruptedException) {
			return "STREAM_INTERRUPTED";
		}
		if (failed instanceof ToolRoundsExceededException) {
			return "TOOL_ROUNDS_EXCEEDED";
		}
		return (failed instanceof RequestRefusedException refused) ? refused.kind().name() : "ALL_ENDPOINTS_FAILED";
	}

	private static String message(AiFallbackException failed) {
		if (failed instanceof NoEndpointAvailableException unavailable) {
			return "Every model is taking a break." + hint(unavailable.retryAfter());
		}
		if (failed instanceof DeadlineExceededException) {
			return "No model answered in time. Please try again.";
		}
		if (failed instanceof StreamInterruptedException) {
			return "The answer broke off and no other model could go on with it. Please try again.";
		}
		return (failed instanceof RequestRefusedException)
				? "The model refused this message. Asking it differently may help."
				: "No model could answer just now. Please try again in a moment.";
	}

	private static String hint(Optional<Duration> retryAfter) {
		return retryAfter.map((wait) -> " The next one may be asked in " + seconds(wait) + " s.").orElse("");
	}

	/** Rounded up, because a user who comes back too early gets no answer. */
	private static long seconds(Duration wait) {
		return Math.max(1, wait.plusMillis(999).toSeconds());
	}

}
