// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

	/** An item that the client carries out begins at a place. */
	void begin(String place) {
		this.byPlace.putIfAbsent(place, new Withheld());
	}

	boolean has(String place) {
		return this.byPlace.containsKey(place);
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
			withheld.callId = ProviderJson.text(item, "call_id");
			withheld.whole = true;
		}
	}

	/**
	 * A result follows its call, so the provider carried it out itself.
	 * @param callId the id of the call
	 * @param out gets what was withheld about it
	 */
	void carriedOut(String callId, Consumer<ProviderState> out) {
		this.byPlace.values().removeIf((item) -> {
			boolean same = item.whole && !callId.isEmpty() && callId.equals(item.callId);
			if (same) {
				item.notices.forEach(out);
			}
			return same;
		});
	}

	/** The answer is complete. Nobody can carry out half an item. */
	void release(Consumer<ProviderState> out) {
		this.byPlace.values().stream().filter((item) -> item.whole).forEach((item) -> item.notices.forEach(out));
		this.byPlace.clear();
	}

	/**
	 * One item.
	 */
	private static final class Withheld {

		private final List<ProviderState> notices = new ArrayList<>(2);

		private String callId = "";

		private boolean whole;

	}

}
