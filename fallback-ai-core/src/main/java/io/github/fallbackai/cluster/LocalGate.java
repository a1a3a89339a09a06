package io.github.fallbackai.cluster;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster asks of this instance's gate before an endpoint, and has it do because
 * of the others. Moments are nanoseconds of the clock that gate and cluster share. Safe
 * for use by several threads.
 */
public interface LocalGate {

	/** Whether the breaker stands open; half-open is not. */
	boolean open();

	/** Whether a probe is under way. */
	boolean probing();

	/**
	 * What this instance's breaker says about the endpoint.
	 * @return the verdict, {@code null} if the application controls the breaker by hand
	 */
	@Nullable BreakerVerdict verdict(long now);

	/**
	 * Opens as another instance did, or stays open as long as it does.
	 * @param verdict what it decided
	 * @param origin the instance, {@code null} if unknown
	 */
	void followOpening(BreakerVerdict verdict, @Nullable String origin);

	/** Closes as another instance did. */
	void followClosing(@Nullable String origin);

	/**
	 * The cool-down under way that the others should know of; one of the account only if
	 * this endpoint brought it about.
	 */
	@Nullable CoolDown coolDown(long now);

	/** Whether a cool-down is under way that lasts until a moment, give or take a bit. */
	boolean coolsDown(FailureKind cause, long until, long now);

	/** Cools down as another instance does. */
	void followCoolDown(CoolDown coolDown, long now, @Nullable String origin);

	/** Ends a cool-down that was ended by hand elsewhere, but none that lasts longer. */
	void endCoolDown(FailureKind cause, long until);

	/** Closes the breaker and ends the cool-downs, the account's included. */
	void reset();

	/** Tells the other endpoints of the account that its cool-down was ended by hand. */
	void tellAccountReset();

	/** An operator decided something at another instance, which holds here by now. */
	void decidedElsewhere(DecisionNews news);

}
