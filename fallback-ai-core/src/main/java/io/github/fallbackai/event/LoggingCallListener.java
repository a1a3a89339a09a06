// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to the log {@code io.github.fallbackai.failover}: switches and recoveries
 * at INFO; openings, cool-downs, endpoints that refuse everything and, bounded in rate,
 * failed calls at WARN; everything per request at DEBUG. Refused credentials are logged
 * at ERROR, once until they work or are refused in another way. What a provider said
 * about a failure may quote the prompt, so it is logged only if that is switched on, and
 * never if the provider refused a key. Safe for use by several threads.
 */
public final class LoggingCallListener implements ImmediateCallListener {

	private static final Logger logger = LoggerFactory.getLogger("io.github.fallbackai.failover");

	private final Supplier<@Nullable FallbackStatus> status;

	private final boolean providerMessages;

	private final LineBudget failedCalls = new LineBudget(System::nanoTime);

	/** What is wrong with the credentials of an endpoint, by its name. */
	private final Map<String, String> refusedCredentials = new ConcurrentHashMap<>();

	/** A listener that does not know which endpoint is next. */
	public LoggingCallListener() {
		this(() -> null);
	}

	/**
	 * A listener that tells which endpoint is next.
	 * @param status tells the present state; may return {@code null} while it is unknown
	 */
	public LoggingCallListener(Supplier<@Nullable FallbackStatus> status) {
		this(status, false);
	}

	/**
	 * A listener that tells which endpoint is next and, if that is switched on, what
	 * providers say.
	 * @param status tells the present state; may return {@code null} while it is unknown
	 * @param providerMessages whether the lines of a failed attempt and of a switch end
	 * with what the provider said, in one line of at most 500 characters
	 */
	public LoggingCallListener(Supplier<@Nullable FallbackStatus> status, boolean providerMessages) {
		this.status = status;
		this.providerMessages = providerMessages;
	}

	@Override
	public void onEvent(FailoverEvent event) {
		if (event instanceof FailoverEvent.AttemptEnded ended) {
			attemptEnded(ended);
		}
		else if (event instanceof FailoverEvent.Switched switched) {
			logger.info("Switching from {} to {} (model {}) in chain {}: {} [call {}]{}", switched.from().endpoint(),
					switched.to(), switched.model(), switched.call().chain(), switched.from().describe(),
					switched.call().id(), words(switched.cause()));
		}
		else if (event instanceof FailoverEvent.CallEnded ended) {
			callEnded(ended);
		}
		else if (event instanceof FailoverEvent.EndpointOpened opened) {
			FailureKind cause = opened.cause();
			warn(opened, "its circuit breaker opened", (cause != null) ? cause.name() : "from outside",
					opened.openFor());
		}
		else if (event instanceof FailoverEvent.EndpointCooled cooled) {
			warn(cooled, "it cools down", cooled.cause().name(), cooled.coolFor());
		}
		else if (event instanceof FailoverEvent.EndpointClosed closed) {
			logger.info("Endpoint {} has recovered{}", closed.endpoint(), origin(closed));
		}
		else if (event instanceof FailoverEvent.EndpointRefusing refusing) {
			logger.warn("Endpoint {} refuses every request (the latest: {}) and is asked all the same:"
					+ " check its account, url, model and parameters", refusing.endpoint(), refusing.cause());
		}
		else if (event instanceof FailoverEvent.EndpointAccepting accepting) {
			logger.info("Endpoint {} answers requests again", accepting.endpoint());
		}
		else if (event instanceof ToolEvent.Failed failed) {
			logger.debug("Tool {} of loop {} ended {} after {} ms", failed.tool(), failed.loop().id(), failed.outcome(),
					failed.duration().toMillis());
		}
		else if (event instanceof FailoverEvent.EndpointProbed probed) {
			logger.debug("Background probe ended: {}{}", probed.attempt().describe(), words(probed.cause()));
		}
		else if (event instanceof DrillEvent drill) {
			drill(drill);
		}
		else if (event instanceof FailoverEvent.EndpointControlled controlled) {
			logger.info("Operator: {} endpoint {}{}{}{}", controlled.action(), controlled.endpoint(),
					(controlled.length() != null) ? " for " + controlled.length().toMillis() + " ms" : "",
					(controlled.origin() != null) ? ", decided at instance " + controlled.origin() : "",
					(controlled.reason() != null) ? ": " + controlled.reason() : "");
		}
	}

	private void warn(FailoverEvent.OfEndpoint event, String what, String cause, Duration length) {
		if (logger.isWarnEnabled()) {
			logger.warn("Endpoint {} is skipped until {} ({} ms): {} ({}){}{}", event.endpoint(),
					Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS), length.toMillis(), what, cause,
					origin(event), next(event.endpoint()));
		}
	}

	private static void drill(DrillEvent event) {
		if (event instanceof DrillEvent.Began began) {
			logger.warn("Drill: endpoint {} fails on purpose in this instance ({}) for {} ms at most{}{}{}{}",
					began.endpoint(), began.fault(), began.length().toMillis(),
					(began.calls() != null) ? ", for " + began.calls() + " requests" : "",
					(began.share() < 1) ? ", a share of " + began.share() : "",
					(began.only() != null) ? ", only calls of " + began.only() : "",
					(began.reason() != null) ? ": " + began.reason() : "");
		}
		else if (event instanceof DrillEvent.Ended ended) {
			logger.info("Drill at endpoint {} ({}) is over after {} failed requests: {}", ended.endpoint(),
					ended.fault(), ended.hits(), ended.reason());
		}
	}

	private static String origin(FailoverEvent.OfEndpoint event) {
		return (event.origin() != null) ? ", as instance " + event.origin() + " found" : "";
	}

	private String next(String endpoint) {
		FallbackStatus status = this.status.get();
		if (status == null) {
			return "";
		}
		return status.chains()
			.stream()
			.filter((chain) -> chain.endpoints().stream().anyMatch((member) -> member.name().equals(endpoint)))
			.map(LoggingCallListener::next)
			.collect(Collectors.joining());
	}

	private static String next(ChainStatus chain) {
		return "; next in chain " + chain.name() + ": "
				+ ((chain.active() != null) ? chain.active().name() + " (" + chain.active().model() + ")" : "none");
	}

	private void attemptEnded(FailoverEvent.AttemptEnded ended) {
		Attempt attempt = ended.attempt();
		if (attempt.outcome() == AttemptOutcome.SUCCEEDED) {
			this.refusedCredentials.remove(attempt.endpoint());
		}
		else if (attempt.failure() == FailureKind.AUTHENTICATION) {
			String refusal = attempt.httpStatus() + " " + attempt.providerCode();
			if (!refusal.equals(this.refusedCredentials.put(attempt.endpoint(), refusal))) {
				logger.error("Endpoint {} refused its credentials ({}): check its api-key", attempt.endpoint(),
						attempt.describe());
			}
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Attempt {} of call {} in chain {} ended: {}{}", attempt.number(), ended.call().id(),
					ended.call().chain(), attempt.describe(), words(ended.cause()));
		}
	}

	private String words(@Nullable Failure cause) {
		return this.providerMessages ? ProviderWords.of(cause) : "";
	}

	private void callEnded(FailoverEvent.CallEnded ended) {
		if (ended.exception() != null) {
			callFailed(ended, ended.exception());
			return;
		}
		if (!logger.isDebugEnabled()) {
			return;
		}
		if (ended.outcome() == AttemptOutcome.SUCCEEDED) {
			logger.debug("Call {} in chain {} answered by {} (model {}{}) after {} attempts in {} ms",
					ended.call().id(), ended.call().chain(), ended.endpoint(), ended.model(),
					ended.degraded() ? ", degraded" : "", ended.attempts(), ended.duration().toMillis());
			return;
		}
		logger.debug("Call {} in chain {} ended {} after {} attempts in {} ms", ended.call().id(), ended.call().chain(),
				ended.outcome(), ended.attempts(), ended.duration().toMillis());
	}

	/** The exception names every attempt and every skipped endpoint. */
	private void callFailed(FailoverEvent.CallEnded ended, AiFallbackException exception) {
		long omitted = this.failedCalls.tryWrite();
		if (omitted != LineBudget.NONE) {
			logger.warn("Call {} in chain {} failed after {} ms: {}{}", ended.call().id(), ended.call().chain(),
					ended.duration().toMillis(), exception.getMessage(),
					(omitted > 0) ? " (" + omitted + " more calls failed since the last such line)" : "");
		}
	}

}
