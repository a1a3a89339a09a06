// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A value of a sampling parameter that OpenAI's format allows. Servers with a narrower
 * range refuse it: TGI a {@code top_p} of 1, Mistral a {@code temperature} of 1.8,
 * DashScope one of 0. That is no mistake of the caller, because other endpoints take it.
 *
 * @param least the least value
 * @param most the greatest value
 * @param neutral the value that changes nothing, so that the parameter may be left out
 */
record SamplingRange(double least, double most, double neutral) {

	private static final SamplingRange PENALTY = new SamplingRange(-2, 2, 0);

	private static final Map<String, SamplingRange> RANGES = Map.of("temperature", new SamplingRange(0, 2, 1), "top_p",
			new SamplingRange(0, 1, 1), "presence_penalty", PENALTY, "frequency_penalty", PENALTY);

	/** Whether the request has allowed values in all parts that a provider names. */
	static boolean allowed(Set<String> named, SentRequest sent) {
		boolean found = false;
		for (String name : named) {
			if (sent.hasOfCaller(name)) {
				if (!allowed(name, sent)) {
					return false;
				}
				found = true;
			}
		}
		return found;
	}

	private static boolean allowed(String name, SentRequest sent) {
		String path = sent.parameter(name);
		SamplingRange range = (path != null) ? RANGES.get(path) : null;
		JsonNode value = (path != null) ? BodyPath.of(sent.body(), path) : null;
		return range != null && value != null && value.isNumber() && value.asDouble() >= range.least
				&& value.asDouble() <= range.most;
	}

	/**
	 * The correction for a parameter whose value changes nothing.
	 * @return {@code null} if there is none among the named parts
	 */
	static @Nullable Correction neutral(Set<String> named, SentRequest sent) {
		for (String name : named) {
			String path = sent.parameter(name);
			if (path != null && RANGES.containsKey(path)
					&& BodyPath.of(sent.body(), path).asDouble() == RANGES.get(path).neutral) {
				return new Correction.LeaveOut(path, false);
			}
		}
		return null;
	}

}
