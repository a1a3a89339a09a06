// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.StreamInterruptedException;

/**
 * A way to call.
 */
enum CallForm {

	/** The whole answer at once. */
	WHOLE(SoakProperties.STRONG),

	/** The text, piece by piece. */
	TEXT(SoakProperties.STRONG),

	/** Everything that happens. */
	EVENTS(SoakProperties.STRONG),

	/** The same, where a broken answer begins again. */
	RESTARTED(SoakProperties.STRONG),

	/** The text, where a broken answer ends with an error. */
	UNRECOVERED(SoakProperties.STRONG),

	/** The text, while two endpoints race. */
	HEDGED(SoakProperties.RACED),

	/** The whole answer, while two endpoints race. */
	HEDGED_WHOLE(SoakProperties.RACED),

	/** The text, from endpoints that take turns. */
	SHARED(SoakProperties.SHARED),

	/** A tool call and then the answer to its result. */
	TOOLS(SoakProperties.STRONG),

	/** The text, after waiting for a place. */
	WAITING(SoakProperties.WAITING),

	/** The whole answer, when there is nothing more urgent. */
	BATCH(SoakProperties.WAITING),

	/** The text, before a deadline. */
	DEADLINE(SoakProperties.STRONG),

	/** After waiting for a place, before a deadline. */
	WAITING_DEADLINE(SoakProperties.WAITING),

	/** The text, from endpoints that may all be sick. */
	DOOMED(SoakProperties.DOOMED),

	/** The whole answer through the gateway. */
	GATEWAY_WHOLE(SoakProperties.STRONG),

	/** A stream through the gateway. */
	GATEWAY_STREAM(SoakProperties.STRONG),

	/** A stream through the gateway, while two endpoints race. */
	GATEWAY_HEDGED(SoakProperties.RACED),

	/** A tool call through the gateway. */
	GATEWAY_TOOLS(SoakProperties.STRONG),

	/** A stream through the gateway, for a client that may have few calls. */
	GATEWAY_LIMITED(SoakProperties.SHARED),

	/** A request whose body comes slowly, or not to its end. */
	GATEWAY_SLOW_BODY(SoakProperties.STRONG),

	/** A request that the gateway refuses. */
	GATEWAY_REFUSED(SoakProperties.STRONG);

	private final String chain;

	CallForm(String chain) {
		this.chain = chain;
	}

	String chain() {
		return this.chain;
	}

	boolean ofGateway() {
		return name().startsWith("GATEWAY");
	}

	/** Whether a failure may be how the call ends. */
	boolean allows(Throwable error) {
		return switch (this) {
			case UNRECOVERED -> error instanceof StreamInterruptedException;
			case DEADLINE, WAITING_DEADLINE ->
				error instanceof DeadlineExceededException || error instanceof StreamInterruptedException;
			case DOOMED -> error instanceof AllEndpointsFailedException || error instanceof NoEndpointAvailableException
					|| error instanceof StreamInterruptedException;
			case GATEWAY_LIMITED -> error instanceof GatewayException refused && refused.status() == 429;
			case GATEWAY_REFUSED -> error instanceof GatewayException refused && refused.status() / 100 == 4;
			default -> false;
		};
	}

	/** Whether the answer comes in pieces, of which the consumer need not take all. */
	boolean streams() {
		return switch (this) {
			case TEXT, EVENTS, RESTARTED, HEDGED, SHARED, WAITING, GATEWAY_STREAM, GATEWAY_HEDGED -> true;
			default -> false;
		};
	}

	boolean wantsTools() {
		return this == TOOLS || this == GATEWAY_TOOLS;
	}

}
