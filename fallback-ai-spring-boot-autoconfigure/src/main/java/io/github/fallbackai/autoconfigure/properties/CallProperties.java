// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.Selection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * How calls are carried out: directly below {@code fallback.ai} for all chains, and below
 * a chain for that chain.
 */
public class CallProperties {

	/**
	 * Time a call may take as a whole, and a stream may be without progress. Defaults to
	 * 2 minutes, 5 minutes if an endpoint has a reasoning model.
	 */
	private @Nullable Duration deadline;

	/**
	 * Time to the first content by number of the attempt, which replaces the limit of
	 * endpoints that set none. The last one repeats.
	 */
	private List<Duration> attemptTimeouts = new ArrayList<>();

	/**
	 * Most attempts in one call.
	 */
	private int maxAttempts = 5;

	/**
	 * Kinds of failure after which the next endpoint is asked. If this is not set, an
	 * invalid-request moves on too, from every endpoint except the first.
	 */
	private Set<FailureKind> fallbackOn = EnumSet.copyOf(CallSettings.DEFAULT_FALLBACK_ON);

	/**
	 * What happens to a stream that breaks half-way.
	 */
	private StreamRecovery streamRecovery = StreamRecovery.RESUME;

	/**
	 * Which models may resume an answer that another one began.
	 */
	private ModelScope resumeScope = ModelScope.ANY_MODEL;

	/**
	 * Instruction for a model that continues the answer of another one, as a user message
	 * after the partial answer. It is not used for endpoints that can be prefilled.
	 * Defaults to an instruction in English.
	 */
	private @Nullable String continuationInstruction;

	/**
	 * Which endpoints may answer in place of the chain's first one, whether that is
	 * available or not: any, those of its model group, or none.
	 */
	private FallbackScope fallbackScope = FallbackScope.ANY_MODEL;

	/**
	 * Whether a call waits, within its deadline, while no endpoint may be tried.
	 */
	private boolean waitWhenUnavailable;

	/**
	 * Pause before another endpoint is asked. It is shorter if the deadline would leave
	 * too little time for the next endpoints.
	 */
	private Duration switchDelay = Duration.ZERO;

	/**
	 * Which of several endpoints of the same priority a call asks first.
	 */
	private Selection strategy = Selection.ORDER;

	/**
	 * Whether a conversation keeps its endpoint within a priority if the strategy shares
	 * calls.
	 */
	private boolean sticky = true;

	@NestedConfigurationProperty
	private final HedgeProperties hedge = new HedgeProperties();

	public @Nullable Duration getDeadline() {
		return this.deadline;
	}

	public void setDeadline(@Nullable Duration deadline) {
		this.deadline = deadline;
	}

	public List<Duration> getAttemptTimeouts() {
		return this.attemptTimeouts;
	}

	public void setAttemptTimeouts(List<Duration> attemptTimeouts) {
		this.attemptTimeouts = attemptTimeouts;
	}

	public int getMaxAttempts() {
		return this.maxAttempts;
	}

	public void setMaxAttempts(int maxAttempts) {
		this.maxAttempts = maxAttempts;
	}

	public Set<FailureKind> getFallbackOn() {
		return this.fallbackOn;
	}

	public void setFallbackOn(Set<FailureKind> fallbackOn) {
		this.fallbackOn = fallbackOn;
	}

	public StreamRecovery getStreamRecovery() {
		return this.streamRecovery;
	}

	public void setStreamRecovery(StreamRecovery streamRecovery) {
		this.streamRecovery = streamRecovery;
	}

	public ModelScope getResumeScope() {
		return this.resumeScope;
	}

	public void setResumeScope(ModelScope resumeScope) {
		this.resumeScope = resumeScope;
	}

	public @Nullable String getContinuationInstruction() {
		return this.continuationInstruction;
	}

	public void setContinuationInstruction(@Nullable String continuationInstruction) {
		this.continuationInstruction = continuationInstruction;
	}

	public FallbackScope getFallbackScope() {
		return this.fallbackScope;
	}

	public void setFallbackScope(FallbackScope fallbackScope) {
		this.fallbackScope = fallbackScope;
	}

	public boolean isWaitWhenUnavailable() {
		return this.waitWhenUnavailable;
	}

	public void setWaitWhenUnavailable(boolean waitWhenUnavailable) {
		this.waitWhenUnavailable = waitWhenUnavailable;
	}

	public Duration getSwitchDelay() {
		return this.switchDelay;
	}

	public void setSwitchDelay(Duration switchDelay) {
		this.switchDelay = switchDelay;
	}

	public Selection getStrategy() {
		return this.strategy;
	}

	public void setStrategy(Selection strategy) {
		this.strategy = strategy;
	}

	public boolean isSticky() {
		return this.sticky;
	}

	public void setSticky(boolean sticky) {
		this.sticky = sticky;
	}

	public HedgeProperties getHedge() {
		return this.hedge;
	}

}
