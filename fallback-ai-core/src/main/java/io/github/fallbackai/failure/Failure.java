// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Why one attempt failed. Immutable. {@link #toString()} shows kind, status and code
 * only; the provider's own words may quote the prompt, and only
 * {@link #providerMessage()} returns them.
 */
public final class Failure {

	private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

	private final FailureKind kind;

	private final boolean endpointAtFault;

	private final ReplaySafety replaySafety;

	private final @Nullable Integer httpStatus;

	private final @Nullable String providerCode;

	private final @Nullable String requestId;

	private final @Nullable Duration retryAfter;

	private final @Nullable String providerMessage;

	private final @Nullable String providerBody;

	private final @Nullable String account;

	private final @Nullable Need need;

	private final @Nullable Throwable cause;

	private Failure(Builder builder) {
		this.kind = builder.kind;
		this.endpointAtFault = builder.endpointAtFault;
		this.replaySafety = builder.replaySafety;
		this.httpStatus = builder.httpStatus;
		this.providerCode = builder.providerCode;
		this.requestId = builder.requestId;
		this.retryAfter = builder.retryAfter;
		this.providerMessage = builder.providerMessage;
		this.providerBody = builder.providerBody;
		this.account = builder.account;
		this.need = builder.need;
		this.cause = builder.cause;
	}

	/**
	 * Starts a failure of the given kind that is the endpoint's fault and whose request
	 * may have been processed.
	 * @param kind what went wrong
	 * @return a builder
	 */
	public static Builder of(FailureKind kind) {
		return new Builder(kind);
	}

	/** What went wrong. */
	public FailureKind kind() {
		return this.kind;
	}

	/** Whether the endpoint's breaker counts this failure. */
	public boolean countsAgainstBreaker() {
		return this.endpointAtFault && this.kind.countsAgainstBreaker();
	}

	/** What is known about how far the provider processed the request. */
	public ReplaySafety replaySafety() {
		return this.replaySafety;
	}

	/** The HTTP status, or {@code null} when none was received. */
	public @Nullable Integer httpStatus() {
		return this.httpStatus;
	}

	/** The provider's error code or type, or {@code null}. */
	public @Nullable String providerCode() {
		return this.providerCode;
	}

	/** The provider's id of the request, or {@code null}. */
	public @Nullable String requestId() {
		return this.requestId;
	}

	/** How long the provider asked to wait, or {@code null}. */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * The provider's own words, which may quote the prompt, or {@code null}. Never log
	 * them by default.
	 */
	public @Nullable String providerMessage() {
		return this.providerMessage;
	}

	/**
	 * The body in which the provider refused a request because of the request itself, as
	 * it came, or {@code null}. It may quote the prompt. Never log it.
	 */
	public @Nullable String providerBody() {
		return this.providerBody;
	}

	/**
	 * The account of a certain caller, if its credentials were used instead of the
	 * endpoint's own; {@code null} otherwise. A limit of such an account says nothing
	 * about the endpoint.
	 */
	public @Nullable String account() {
		return this.account;
	}

	/**
	 * What the request needs and the endpoint cannot do, if that is why it failed;
	 * {@code null} otherwise, or if it is not known.
	 */
	public @Nullable Need need() {
		return this.need;
	}

	/** What caused the failure on this side, or {@code null}. */
	public @Nullable Throwable cause() {
		return this.cause;
	}

	/**
	 * The same failure, understood better.
	 * @param kind what went wrong
	 * @param need what the request needs and the endpoint cannot do, {@code null} if that
	 * is not why, or not known
	 * @return the failure
	 */
	public Failure as(FailureKind kind, @Nullable Need need) {
		return copy(kind).need(need).build();
	}

	/**
	 * The same failure, after which the provider takes requests again at a known time.
	 */
	public Failure withRetryAfter(Duration retryAfter) {
		return copy(this.kind).retryAfter(retryAfter).build();
	}

	/**
	 * The same failure in other words of the provider.
	 * @param message the provider's words, {@code null} for none
	 * @param body the body that told it, {@code null} for none
	 * @return the failure
	 */
	public Failure withProviderWords(@Nullable String message, @Nullable String body) {
		return copy(this.kind).providerMessage(message).providerBody(body).build();
	}

	/** The same failure, for a request with the credentials of the given account. */
	public Failure withAccount(String account) {
		return copy(this.kind).account(account).build();
	}

	/**
	 * The same failure without the parts that must not be shown.
	 * @param code whether to leave out the provider's code
	 * @param requestId whether to leave out the provider's id of the request
	 * @return the failure
	 */
	public Failure without(boolean code, boolean requestId) {
		Builder copy = copy(this.kind);
		copy.providerCode = code ? null : this.providerCode;
		copy.requestId = requestId ? null : this.requestId;
		return copy.build();
	}

	private Builder copy(FailureKind kind) {
		Builder copy = new Builder(kind).replaySafety(this.replaySafety)
			.httpStatus(this.httpStatus)
			.retryAfter(this.retryAfter)
			.providerMessage(this.providerMessage)
			.providerBody(this.providerBody)
			.account(this.account)
			.need(this.need)
			.cause(this.cause);
		copy.endpointAtFault = this.endpointAtFault;
		copy.providerCode = this.providerCode;
		copy.requestId = this.requestId;
		return copy;
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.kind.name());
		if (this.httpStatus != null) {
			text.append(", HTTP ").append(this.httpStatus);
		}
		if (this.providerCode != null) {
			text.append(", ").append(this.providerCode);
		}
		return text.toString();
	}

	/**
	 * Collects what is known about a {@link Failure}.
	 */
	public static final class Builder {

		private final FailureKind kind;

		private boolean endpointAtFault = true;

		private ReplaySafety replaySafety = ReplaySafety.MAYBE_PROCESSED;

		private @Nullable Integer httpStatus;

		private @Nullable String providerCode;

		private @Nullable String requestId;

		private @Nullable Duration retryAfter;

		private @Nullable String providerMessage;

		private @Nullable String providerBody;

		private @Nullable String account;

		private @Nullable Need need;

		private @Nullable Throwable cause;

		private Builder(FailureKind kind) {
			this.kind = kind;
		}

		/**
		 * States that the endpoint is not at fault, so that its breaker ignores the
		 * failure.
		 */
		public Builder notTheEndpointsFault() {
			this.endpointAtFault = false;
			return this;
		}

		/** What is known about the request's fate. */
		public Builder replaySafety(ReplaySafety replaySafety) {
			this.replaySafety = replaySafety;
			return this;
		}

		/** The HTTP status. */
		public Builder httpStatus(@Nullable Integer httpStatus) {
			this.httpStatus = httpStatus;
			return this;
		}

		/**
		 * The provider's code; dropped unless it looks like a code, so that it cannot
		 * contain text.
		 */
		public Builder providerCode(@Nullable String providerCode) {
			this.providerCode = codeOrNull(providerCode);
			return this;
		}

		/** The provider's request id; dropped unless it looks like an id. */
		public Builder requestId(@Nullable String requestId) {
			this.requestId = codeOrNull(requestId);
			return this;
		}

		/** How long the provider asked to wait. */
		public Builder retryAfter(@Nullable Duration retryAfter) {
			this.retryAfter = retryAfter;
			return this;
		}

		/** The provider's own words. */
		public Builder providerMessage(@Nullable String providerMessage) {
			this.providerMessage = providerMessage;
			return this;
		}

		/** The body that told it. */
		public Builder providerBody(@Nullable String providerBody) {
			this.providerBody = providerBody;
			return this;
		}

		/** The account whose credentials were used, if not the endpoint's own. */
		public Builder account(@Nullable String account) {
			this.account = account;
			return this;
		}

		/** What the request needs and the endpoint cannot do. */
		public Builder need(@Nullable Need need) {
			this.need = need;
			return this;
		}

		/** What caused the failure on this side. */
		public Builder cause(@Nullable Throwable cause) {
			this.cause = cause;
			return this;
		}

		/** Builds the failure. */
		public Failure build() {
			return new Failure(this);
		}

		private static @Nullable String codeOrNull(@Nullable String value) {
			return (value != null && CODE.matcher(value).matches()) ? value : null;
		}

	}

}
