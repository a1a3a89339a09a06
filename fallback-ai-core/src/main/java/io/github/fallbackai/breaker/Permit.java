package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.failure.Failure;

/**
 * Leave to try an endpoint once. It must be closed exactly once, as succeeded, failed or
 * released; a later close has no effect. An outcome that arrives after the breaker
 * changed state since the permit was taken is dropped, so that old news never judges a
 * new phase. Safe for use by several threads.
 */
public interface Permit {

	/** Whether this is a probe of an endpoint that was open. */
	boolean probe();

	/**
	 * The model generated its first content. A probe is judged here: it succeeded. At
	 * most one effect.
	 * @param timeToFirstContent from the start of the attempt
	 */
	void firstContent(Duration timeToFirstContent);

	/**
	 * The endpoint said that this request used up what its rate limits allow: it is tried
	 * after all others until they are renewed.
	 * @param renewedIn how long until then; bounded by the longest cool-down that a
	 * provider may ask for
	 */
	default void exhausted(Duration renewedIn) {
	}

	/**
	 * The attempt gave a complete answer.
	 */
	void succeeded();

	/**
	 * The attempt failed; counts against the breaker and starts a cool-down as the
	 * failure says.
	 * @param failure what went wrong
	 */
	void failed(Failure failure);

	/**
	 * The attempt ended without a verdict on the endpoint, for example by cancellation; a
	 * probe's place is free again.
	 */
	void released();

}
