// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.CallOperation;
import io.github.fallbackai.failure.Attempt;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an observed attempt. Holds neither prompt nor answer.
 */
public class AttemptObservationContext extends Observation.Context {

	private static final String DELEGATING_PROVIDER = "spring-ai";

	private final CallInfo call;

	private final int number;

	private final Endpoint endpoint;

	private volatile @Nullable Attempt attempt;

	/**
	 * Creates the context of an attempt that begins.
	 * @param call the call it belongs to
	 * @param number position in the call, from 1
	 * @param endpoint the endpoint that it asks
	 */
	public AttemptObservationContext(CallInfo call, int number, Endpoint endpoint) {
		this.call = call;
		this.number = number;
		this.endpoint = endpoint;
	}

	/** The call that the attempt belongs to. */
	public CallInfo getCall() {
		return this.call;
	}

	/** Position in the call, from 1. */
	public int getNumber() {
		return this.number;
	}

	/** The endpoint that the attempt asks. */
	public Endpoint getEndpoint() {
		return this.endpoint;
	}

	/** How the attempt ended, {@code null} while it runs. */
	public @Nullable Attempt getAttempt() {
		return this.attempt;
	}

	void setAttempt(Attempt attempt) {
		this.attempt = attempt;
	}

	/**
	 * Whether the model generates an answer, so that there are tokens of it and a first
	 * part of it. Vectors come as a whole and have neither.
	 */
	boolean isGenerating() {
		return this.call.operation() == CallOperation.CHAT;
	}

	/**
	 * Whether the attempt goes to another library's client, which has its own
	 * observations, instead of over HTTP.
	 */
	public boolean isDelegated() {
		return this.endpoint.provider().equals(DELEGATING_PROVIDER);
	}

}
