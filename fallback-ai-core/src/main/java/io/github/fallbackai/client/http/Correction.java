// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.catalogue.KnownNames;

/**
 * A change of a refused request, so that the endpoint may accept it. Immutable; equal
 * ones are the same correction.
 */
sealed interface Correction permits Correction.LeaveOut, Correction.NotBoth, Correction.Lower, Correction.Raise,
		Correction.Form, Correction.PlainToolCallIds, Correction.OtherApi, HistoryCorrection {

	/** Whether it would change the request that was sent. */
	boolean changes(SentRequest sent);

	/**
	 * Makes the change in a request's body.
	 * @param body the body
	 * @param all all corrections that are made in it
	 */
	default void apply(ObjectNode body, Collection<Correction> all) {
	}

	/** Whether it also holds for later requests to the same endpoint. */
	default boolean lasting() {
		return true;
	}

	/**
	 * Whether all names in it are in the documentation of a provider, so that there are
	 * not many such corrections.
	 */
	default boolean documented() {
		return true;
	}

	/** In a few words; names of parameters, but none of their values. */
	String describe();

	/**
	 * Leaves a parameter out.
	 *
	 * @param path the parameter
	 * @param lasting whether the endpoint refuses every value of it
	 */
	record LeaveOut(String path, boolean lasting) implements Correction {

		/** The endpoint does not know the parameter. */
		LeaveOut(String path) {
			this(path, true);
		}

		/**
		 * The two names of one limit. OpenAI's newer models refuse the old name, other
		 * servers the new one. The limit itself must not get lost.
		 */
		private static final Map<String, String> OTHER_NAME = Map.of("max_tokens", "max_completion_tokens",
				"max_completion_tokens", "max_tokens");

		@Override
		public boolean changes(SentRequest sent) {
			return !BodyPath.of(sent.body(), this.path).isMissingNode();
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			JsonNode value = BodyPath.remove(body, this.path);
			String otherName = OTHER_NAME.get(this.path);
			if (value != null && otherName != null && !body.has(otherName) && !all.contains(new LeaveOut(otherName))) {
				body.set(otherName, value);
			}
		}

		@Override
		public boolean documented() {
			return KnownNames.contain(Mention.name(this.path));
		}

		@Override
		public String describe() {
			return "without " + this.path;
		}

	}

	/**
	 * Leaves out one of two parameters that exclude each other.
	 *
	 * @param kept the parameter that stays
	 * @param dropped the parameter that is left out if the other one is there
	 */
	record NotBoth(String kept, String dropped) implements Correction {

		@Override
		public boolean changes(SentRequest sent) {
			return both(sent.body());
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			if (both(body)) {
				BodyPath.remove(body, this.dropped);
			}
		}

		private boolean both(ObjectNode body) {
			return !BodyPath.of(body, this.kept).isMissingNode() && !BodyPath.of(body, this.dropped).isMissingNode();
		}

		@Override
		public boolean documented() {
			return KnownNames.contain(Mention.name(this.kept)) && KnownNames.contain(Mention.name(this.dropped));
		}

		@Override
		public String describe() {
			return "without " + this.dropped + " beside " + this.kept;
		}

	}

	/**
	 * Lowers a number.
	 *
	 * @param path the parameter
	 * @param most the highest value that is accepted
	 * @param lasting whether the value does not depend on the request
	 */
	record Lower(String path, long most, boolean lasting) implements Correction {

		@Override
		public boolean changes(SentRequest sent) {
			return BodyPath.of(sent.body(), this.path).asLong() > this.most;
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			if (BodyPath.of(body, this.path).asLong() > this.most) {
				BodyPath.set(body, this.path, this.most);
			}
		}

		@Override
		public String describe() {
			return this.path + " lowered to " + this.most;
		}

	}

	/**
	 * Raises a number.
	 *
	 * @param path the parameter
	 * @param least the lowest value that is accepted
	 */
	record Raise(String path, long least) implements Correction {

		@Override
		public boolean changes(SentRequest sent) {
			return low(sent.body());
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			if (low(body)) {
				BodyPath.set(body, this.path, this.least);
			}
		}

		private boolean low(ObjectNode body) {
			JsonNode value = BodyPath.of(body, this.path);
			return value.isNumber() && value.asLong() < this.least;
		}

		@Override
		public String describe() {
			return this.path + " raised to " + this.least;
		}

	}

	/**
	 * Asks for the answer in another form. {@link #apply} does nothing, because the
	 * dialect writes the form into the request.
	 *
	 * @param streaming whether as a stream
	 */
	record Form(boolean streaming) implements Correction {

		@Override
		public boolean changes(SentRequest sent) {
			return sent.streaming() != this.streaming;
		}

		@Override
		public String describe() {
			return this.streaming ? "as a stream" : "in one piece";
		}

	}

	/** Writes ids of tool calls so that every server takes them. */
	record PlainToolCallIds() implements Correction {

		@Override
		public boolean changes(SentRequest sent) {
			return PlainIds.changes(sent.body());
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			PlainIds.apply(body);
		}

		@Override
		public String describe() {
			return "with plain tool call ids";
		}

	}

	/**
	 * Asks by the provider's other API. {@link #apply} does nothing, because the other
	 * API's dialect writes the request.
	 */
	record OtherApi() implements Correction {

		@Override
		public boolean changes(SentRequest sent) {
			return sent.otherApi();
		}

		@Override
		public String describe() {
			return "by its other API";
		}

	}

}
