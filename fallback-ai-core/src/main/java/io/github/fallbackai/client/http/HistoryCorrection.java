// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Collection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.RoleOrder;
import io.github.fallbackai.client.http.provider.Thoughts;
import io.github.fallbackai.client.http.provider.catalogue.KnownNames;

/**
 * A change of the earlier messages, which may come from another provider.
 */
sealed interface HistoryCorrection extends Correction {

	/**
	 * Without the thoughts of earlier answers, and without thinking, because models that
	 * think want thoughts with their tool calls. The dialect then writes the messages as
	 * those of another model.
	 */
	record WithoutThoughts() implements HistoryCorrection {

		@Override
		public boolean changes(SentRequest sent) {
			return Thoughts.goBack(sent.request().chat(), sent.request().endpoint().modelGroup());
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			if (body.has(ThinkingOff.THINKING)) {
				ThinkingOff.switchOff(body);
			}
		}

		@Override
		public boolean lasting() {
			return false;
		}

		@Override
		public String describe() {
			return "without thoughts";
		}

	}

	/** With thinking switched off. Earlier thoughts are not needed then. */
	record ThinkingOff() implements HistoryCorrection {

		private static final String THINKING = "thinking";

		private static final String OFF = "disabled";

		@Override
		public boolean changes(SentRequest sent) {
			return !ProviderJson.text(sent.body().path(THINKING), "type").equals(OFF);
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			switchOff(body);
		}

		private static void switchOff(ObjectNode body) {
			body.putObject(THINKING).put("type", OFF);
			// Servers refuse it together with thinking that is off.
			body.remove("reasoning_effort");
		}

		@Override
		public boolean lasting() {
			return false;
		}

		@Override
		public String describe() {
			return "without thinking";
		}

	}

	/** With something in place of the thoughts that other models did not leave. */
	record FilledThoughts() implements HistoryCorrection {

		@Override
		public boolean changes(SentRequest sent) {
			return History.fillThoughts(sent.body(), false);
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			History.fillThoughts(body, true);
		}

		@Override
		public String describe() {
			return "with blanks for thoughts of other models";
		}

	}

	/** With Google's value for tool calls of other models. */
	record FilledSignatures() implements HistoryCorrection {

		@Override
		public boolean changes(SentRequest sent) {
			return History.fillSignatures(sent.body(), false);
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			History.fillSignatures(body, true);
		}

		@Override
		public String describe() {
			return "with marks on tool calls of other models";
		}

	}

	/**
	 * Without a member of earlier messages.
	 *
	 * @param name name of the member
	 */
	record WithoutMember(String name) implements HistoryCorrection {

		@Override
		public boolean changes(SentRequest sent) {
			return History.members(sent.body()).contains(this.name);
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			History.remove(this.name, body);
		}

		@Override
		public boolean documented() {
			return KnownNames.contain(this.name);
		}

		@Override
		public String describe() {
			return "without " + this.name + " in earlier messages";
		}

	}

	/** With user and assistant taking turns. */
	record TakingTurns() implements HistoryCorrection {

		@Override
		public boolean changes(SentRequest sent) {
			return sent.body().path("messages") instanceof ArrayNode messages
					&& RoleOrder.alternate(messages.deepCopy());
		}

		@Override
		public void apply(ObjectNode body, Collection<Correction> all) {
			if (body.path("messages") instanceof ArrayNode messages) {
				RoleOrder.alternate(messages);
			}
		}

		@Override
		public String describe() {
			return "with roles that take turns";
		}

	}

}
