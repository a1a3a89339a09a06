// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.event.AttemptTrace;
import io.github.fallbackai.event.CallEndedBuilder;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.event.CallOperation;
import io.github.fallbackai.event.CallTrace;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Tells listeners what happens in one call.
 */
final class CallLog {

	private final CallInfo call;

	private final CallListeners listeners;

	private final Set<Skip> toldSkips = new HashSet<>();

	private CallTrace trace = CallTrace.NONE;

	CallLog(String chain, ChatRequest request, CallListeners listeners) {
		String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
		this.call = new CallInfo(id, chain, request.options().useCase(), operation(request));
		this.listeners = listeners;
	}

	private static CallOperation operation(ChatRequest request) {
		return (request.responseFormat().type() == ResponseFormat.Type.VECTORS) ? CallOperation.EMBEDDINGS
				: CallOperation.CHAT;
	}

	void started(ContextView context) {
		this.trace = this.listeners.callStarted(this.call, context);
	}

	void skipped(List<Skip> skips) {
		for (Skip skip : skips) {
			if (this.toldSkips.add(new Skip(skip.endpoint(), skip.reason(), null, null))) {
				tell(new FailoverEvent.Skipped(this.call, skip));
			}
		}
	}

	AttemptTrace attemptStarted(int number, Endpoint endpoint) {
		return this.trace.attemptStarted(number, endpoint);
	}

	void hedged(Candidate candidate) {
		tell(new FailoverEvent.Hedged(this.call, candidate.name()));
	}

	void attemptEnded(AttemptTrace trace, Attempt attempt, @Nullable Failure failure) {
		trace.within(() -> this.listeners.onEvent(new FailoverEvent.AttemptEnded(this.call, attempt, failure)));
		trace.ended(attempt);
	}

	void refusing(Candidate candidate, FailureKind cause) {
		tell(new FailoverEvent.EndpointRefusing(candidate.name(), cause));
	}

	void accepting(Candidate candidate) {
		tell(new FailoverEvent.EndpointAccepting(candidate.name()));
	}

	void streamBroken(Attempt broken, StreamRecovery recovery) {
		tell(new FailoverEvent.StreamBroken(this.call, broken, recovery));
	}

	void switched(Attempt from, Candidate to, @Nullable Failure failure) {
		tell(new FailoverEvent.Switched(this.call, from, to.name(), to.endpoint().model(), failure));
	}

	CallEndedBuilder ending(AttemptOutcome outcome) {
		return FailoverEvent.CallEnded.builder(this.call, outcome);
	}

	void callEnded(FailoverEvent.CallEnded event) {
		tell(event);
		this.trace.ended(event);
	}

	private void tell(FailoverEvent event) {
		this.trace.within(() -> this.listeners.onEvent(event));
	}

}
