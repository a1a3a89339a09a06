// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * How one call is to be carried out, beside the question itself. For an option that is
 * {@code null} the configuration decides. Immutable.
 */
public final class ChatOptions {

	/** Everything as configured. */
	public static final ChatOptions DEFAULTS = builder().build();

	private final @Nullable String chain;

	private final @Nullable Duration deadline;

	private final @Nullable Duration firstContent;

	private final @Nullable StreamRecovery streamRecovery;

	private final @Nullable FallbackScope fallbackScope;

	private final @Nullable Set<String> allowedEndpoints;

	private final @Nullable Boolean waitWhenUnavailable;

	private final Load load;

	private final @Nullable String useCase;

	private final @Nullable BigDecimal maxCost;

	private final @Nullable Predicate<ChatResponse> accept;

	private final boolean schemaInPrompt;

	private final @Nullable Set<String> itemFormats;

	private ChatOptions(Builder builder) {
		this.chain = builder.chain;
		this.deadline = builder.deadline;
		this.firstContent = builder.firstContent;
		this.streamRecovery = builder.streamRecovery;
		this.fallbackScope = builder.fallbackScope;
		this.allowedEndpoints = (builder.allowedEndpoints != null) ? Set.copyOf(builder.allowedEndpoints) : null;
		this.waitWhenUnavailable = builder.waitWhenUnavailable;
		this.load = builder.load;
		this.useCase = builder.useCase;
		this.maxCost = builder.maxCost;
		this.accept = builder.accept;
		this.schemaInPrompt = builder.schemaInPrompt;
		this.itemFormats = (builder.itemFormats != null) ? Set.copyOf(builder.itemFormats) : null;
		requirePositive("deadline", this.deadline);
		requirePositive("firstContent", this.firstContent);
		if (this.maxCost != null && this.maxCost.signum() < 0) {
			throw new IllegalArgumentException("maxCost: " + this.maxCost + " (expected: >= 0)");
		}
	}

	/** Starts options in which everything is as configured. */
	public static Builder builder() {
		return new Builder();
	}

	/** Starts options with everything that these have. */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.chain = this.chain;
		builder.deadline = this.deadline;
		builder.firstContent = this.firstContent;
		builder.streamRecovery = this.streamRecovery;
		builder.fallbackScope = this.fallbackScope;
		builder.allowedEndpoints = this.allowedEndpoints;
		builder.waitWhenUnavailable = this.waitWhenUnavailable;
		builder.load = this.load;
		builder.useCase = this.useCase;
		builder.maxCost = this.maxCost;
		builder.accept = this.accept;
		builder.schemaInPrompt = this.schemaInPrompt;
		builder.itemFormats = this.itemFormats;
		return builder;
	}

	/**
	 * Name of the chain that the call goes to. A name that is not configured fails the
	 * call with an {@link IllegalArgumentException}.
	 */
	public @Nullable String chain() {
		return this.chain;
	}

	/**
	 * Bound of a unary call as a whole, and of the time without progress in a stream.
	 */
	public @Nullable Duration deadline() {
		return this.deadline;
	}

	/**
	 * Bound of every attempt's time to first content. If it is shorter than the
	 * endpoint's own limit, an attempt that exceeds it does not count against the
	 * endpoint's breaker.
	 */
	public @Nullable Duration firstContent() {
		return this.firstContent;
	}

	/** What happens to a stream that breaks half-way. */
	public @Nullable StreamRecovery streamRecovery() {
		return this.streamRecovery;
	}

	/** Which endpoints may answer in place of the chain's first one. */
	public @Nullable FallbackScope fallbackScope() {
		return this.fallbackScope;
	}

	/** Names of the only endpoints that may be asked; {@code null} for all. */
	public @Nullable Set<String> allowedEndpoints() {
		return this.allowedEndpoints;
	}

	/** Whether the call waits, within its deadline, while no endpoint may be tried. */
	public @Nullable Boolean waitWhenUnavailable() {
		return this.waitWhenUnavailable;
	}

	/** How urgent the call is; {@link Load#INTERACTIVE} unless set. */
	public Load load() {
		return this.load;
	}

	/**
	 * What the answer is for, as one of few words such as {@code summary}. Metrics use it
	 * to distinguish calls.
	 */
	public @Nullable String useCase() {
		return this.useCase;
	}

	/**
	 * The most that one attempt may be expected to cost, in the currency of the prices.
	 * The call skips endpoints that are expected to cost more or have no price. The
	 * expected cost is that of the estimated tokens of the request and of the most tokens
	 * that the answer may have, or of 1,000 if the request sets no bound.
	 */
	public @Nullable BigDecimal maxCost() {
		return this.maxCost;
	}

	/**
	 * Decides whether an answer is good enough. If it is not, the attempt failed with
	 * {@link io.github.fallbackai.failure.FailureKind#REJECTED}, and the call goes on to
	 * the next endpoint. The endpoint's breaker ignores that. The check sees the answer
	 * as the caller would get it, runs on a thread that must not block, and refuses the
	 * answer also by throwing an exception.
	 * <p>
	 * A stream is checked when it is complete. The caller has most of it then: a refusal
	 * takes it back with
	 * {@link io.github.fallbackai.chat.ChatEvent.EndpointSwitched#discardPrevious()}, and
	 * ends a stream of text, or one whose recovery is {@link StreamRecovery#FAIL}, with
	 * {@link io.github.fallbackai.failure.StreamInterruptedException}.
	 */
	public @Nullable Predicate<ChatResponse> accept() {
		return this.accept;
	}

	/**
	 * Whether an endpoint that cannot follow the JSON schema of the request is asked for
	 * any JSON object, or for text, with the schema in the instructions. Otherwise it is
	 * skipped.
	 */
	public boolean schemaInPrompt() {
		return this.schemaInPrompt;
	}

	/** Formats of items that are an answer without any text; {@code null} for all. */
	public @Nullable Set<String> itemFormats() {
		return this.itemFormats;
	}

	/** The same options with another chain. */
	public ChatOptions withChain(@Nullable String chain) {
		return toBuilder().chain(chain).build();
	}

	/** The same options with another deadline. */
	public ChatOptions withDeadline(@Nullable Duration deadline) {
		return toBuilder().deadline(deadline).build();
	}

	/** The same options with another limit to the first content. */
	public ChatOptions withFirstContent(@Nullable Duration firstContent) {
		return toBuilder().firstContent(firstContent).build();
	}

	/** The same options with another way to recover streams. */
	public ChatOptions withStreamRecovery(@Nullable StreamRecovery streamRecovery) {
		return toBuilder().streamRecovery(streamRecovery).build();
	}

	/** The same options with another scope of the fallback. */
	public ChatOptions withFallbackScope(@Nullable FallbackScope fallbackScope) {
		return toBuilder().fallbackScope(fallbackScope).build();
	}

	/** The same options with other endpoints that may be asked. */
	public ChatOptions withAllowedEndpoints(@Nullable Set<String> allowedEndpoints) {
		return toBuilder().allowedEndpoints(allowedEndpoints).build();
	}

	/** The same options with another urgency. */
	public ChatOptions withLoad(Load load) {
		return toBuilder().load(load).build();
	}

	/** The same options with another use case. */
	public ChatOptions withUseCase(@Nullable String useCase) {
		return toBuilder().useCase(useCase).build();
	}

	/** The same options with another bound of what an attempt may cost. */
	public ChatOptions withMaxCost(@Nullable BigDecimal maxCost) {
		return toBuilder().maxCost(maxCost).build();
	}

	/** The same options with another check of the answer. */
	public ChatOptions withAccept(@Nullable Predicate<ChatResponse> accept) {
		return toBuilder().accept(accept).build();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ChatOptions that && Objects.equals(this.chain, that.chain)
				&& Objects.equals(this.deadline, that.deadline) && Objects.equals(this.firstContent, that.firstContent)
				&& this.streamRecovery == that.streamRecovery && this.fallbackScope == that.fallbackScope
				&& Objects.equals(this.allowedEndpoints, that.allowedEndpoints)
				&& Objects.equals(this.waitWhenUnavailable, that.waitWhenUnavailable) && this.load == that.load
				&& Objects.equals(this.useCase, that.useCase) && Objects.equals(this.maxCost, that.maxCost)
				&& Objects.equals(this.accept, that.accept) && this.schemaInPrompt == that.schemaInPrompt
				&& Objects.equals(this.itemFormats, that.itemFormats);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.chain, this.deadline, this.firstContent, this.streamRecovery, this.fallbackScope,
				this.allowedEndpoints, this.waitWhenUnavailable, this.load, this.useCase, this.maxCost, this.accept,
				this.schemaInPrompt, this.itemFormats);
	}

	@Override
	public String toString() {
		return "ChatOptions[chain=" + this.chain + ", deadline=" + this.deadline + ", firstContent=" + this.firstContent
				+ ", streamRecovery=" + this.streamRecovery + ", fallbackScope=" + this.fallbackScope
				+ ", allowedEndpoints=" + this.allowedEndpoints + ", waitWhenUnavailable=" + this.waitWhenUnavailable
				+ ", load=" + this.load + ", useCase=" + this.useCase + ", maxCost=" + this.maxCost
				+ ((this.accept != null) ? ", accept=set" : "")
				+ (this.schemaInPrompt ? ", schemaInPrompt=true]" : "]");
	}

	private static void requirePositive(String name, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
		}
	}

	/**
	 * Collects {@link ChatOptions}. Everything is as configured unless set.
	 */
	public static final class Builder {

		private @Nullable String chain;

		private @Nullable Duration deadline;

		private @Nullable Duration firstContent;

		private @Nullable StreamRecovery streamRecovery;

		private @Nullable FallbackScope fallbackScope;

		private @Nullable Set<String> allowedEndpoints;

		private @Nullable Boolean waitWhenUnavailable;

		private Load load = Load.INTERACTIVE;

		private @Nullable String useCase;

		private @Nullable BigDecimal maxCost;

		private @Nullable Predicate<ChatResponse> accept;

		private boolean schemaInPrompt;

		private @Nullable Set<String> itemFormats;

		private Builder() {
		}

		/** Name of the chain that the call goes to. */
		public Builder chain(@Nullable String chain) {
			this.chain = chain;
			return this;
		}

		/** Bound of the call; positive. */
		public Builder deadline(@Nullable Duration deadline) {
			this.deadline = deadline;
			return this;
		}

		/** Bound of every attempt's time to first content; positive. */
		public Builder firstContent(@Nullable Duration firstContent) {
			this.firstContent = firstContent;
			return this;
		}

		/** What happens to a stream that breaks half-way. */
		public Builder streamRecovery(@Nullable StreamRecovery streamRecovery) {
			this.streamRecovery = streamRecovery;
			return this;
		}

		/** Which endpoints may answer in place of the chain's first one. */
		public Builder fallbackScope(@Nullable FallbackScope fallbackScope) {
			this.fallbackScope = fallbackScope;
			return this;
		}

		/** Names of the only endpoints that may be asked; {@code null} for all. */
		public Builder allowedEndpoints(@Nullable Set<String> allowedEndpoints) {
			this.allowedEndpoints = allowedEndpoints;
			return this;
		}

		/** Whether the call waits while no endpoint may be tried. */
		public Builder waitWhenUnavailable(@Nullable Boolean waitWhenUnavailable) {
			this.waitWhenUnavailable = waitWhenUnavailable;
			return this;
		}

		/** How urgent the call is. */
		public Builder load(Load load) {
			this.load = load;
			return this;
		}

		/** What the answer is for. */
		public Builder useCase(@Nullable String useCase) {
			this.useCase = useCase;
			return this;
		}

		/** The most that one attempt may be expected to cost; not negative. */
		public Builder maxCost(@Nullable BigDecimal maxCost) {
			this.maxCost = maxCost;
			return this;
		}

		/** Whether an answer is good enough, see {@link ChatOptions#accept()}. */
		public Builder accept(@Nullable Predicate<ChatResponse> accept) {
			this.accept = accept;
			return this;
		}

		/** Whether endpoints that know no schemas are asked in words. */
		public Builder schemaInPrompt(boolean schemaInPrompt) {
			this.schemaInPrompt = schemaInPrompt;
			return this;
		}

		/** {@link ProviderState} formats of items that are answers without a text. */
		public Builder itemFormats(@Nullable Set<String> itemFormats) {
			this.itemFormats = itemFormats;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if a time is not positive or the cost negative
		 */
		public ChatOptions build() {
			return new ChatOptions(this);
		}

	}

}
