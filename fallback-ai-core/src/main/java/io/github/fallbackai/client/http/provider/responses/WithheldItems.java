// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * What a stream tells about items that the client carries out. It is told when the answer
 * is complete, as calls of functions are: if the provider dies, another one asks for the
 * same, and the client would do it twice. Belongs to one answer.
 */
final class WithheldItems {

	private final Map<String, Withheld> byPlace = new LinkedHashMap<>();

	/** The places of whole items. */
	private final Map<String, List<String>> byCallId = new HashMap<>();

	/**
	 * An item begins at a place.
	 * @param forClient whether the client carries it out; else it is told only if a
	 * result follows
	 */
	void begin(String place, boolean forClient) {
		this.byPlace.putIfAbsent(place, new Withheld(forClient));
	}

	boolean has(String place) {
		return this.byPlace.containsKey(place);
	}

	boolean isForClient(String place) {
		Withheld item = this.byPlace.get(place);
		return item != null && item.forClient;
	}

	void add(String place, ProviderState notice) {
		Withheld item = this.byPlace.get(place);
		if (item != null) {
			item.notices.add(notice);
		}
	}

	/** The item at a place is whole. */
	void whole(String place, JsonNode item) {
		Withheld withheld = this.byPlace.get(place);
		if (withheld != null) {
			withheld.whole = true;
			String callId = ProviderJson.text(item, "call_id");
			if (!callId.isEmpty()) {
				this.byCallId.computeIfAbsent(callId, (id) -> new ArrayList<>(1)).add(place);
			}
		}
	}

	/**
	 * A result follows its call, so the provider carried it out itself.
	 * @param callId the id of the call
	 * @param out gets what was withheld about it
	 */
	void carriedOut(String callId, Consumer<ProviderState> out) {
		for (String place : Objects.requireNonNullElse(this.byCallId.remove(callId), List.<String>of())) {
			Withheld item = this.byPlace.remove(place);
			if (item != null) {
				item.notices.forEach(out);
			}
		}
	}

	/** The answer is complete. Half an item cannot be carried out. */
	void release(Consumer<ProviderState> out) {
		this.byPlace.values()
			.stream()
			.filter((item) -> item.whole && item.forClient)
			.forEach((item) -> item.notices.forEach(out));
		this.byPlace.clear();
		this.byCallId.clear();
	}

	/**
	 * One item.
	 */
	private static final class Withheld {

		private final List<ProviderState> notices = new ArrayList<>(2);

		private final boolean forClient;

		private boolean whole;

		Withheld(boolean forClient) {
			this.forClient = forClient;
		}

	}

}
