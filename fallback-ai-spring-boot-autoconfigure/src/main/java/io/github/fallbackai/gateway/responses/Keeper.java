// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the response of one request, if the client wants that.
 */
final class Keeper {

	static final Keeper NONE = new Keeper(null, "", Recollection.NONE, null);

	private final @Nullable ResponseMemory memory;

	private final String client;

	private final Recollection known;

	private final @Nullable JsonNode input;

	/**
	 * Creates a keeper.
	 * @param memory where the response is kept, {@code null} if it is not
	 * @param client name of the client
	 * @param known what the request refers to
	 * @param input what the client said
	 */
	Keeper(@Nullable ResponseMemory memory, String client, Recollection known, @Nullable JsonNode input) {
		this.memory = (memory != null && memory.keeps()) ? memory : null;
		this.client = client;
		this.known = known;
		this.input = input;
	}

	void keep(ResponseIds ids, String body) {
		if (this.memory != null) {
			KeptItems items = new KeptItems(ids, this.known.previous());
			if (this.input != null) {
				items.add(this.input, (id) -> {
					RequestField referred = this.known.items().get(id);
					return (referred != null) ? referred.value() : null;
				});
			}
			this.memory.keep(this.client, new StoredResponse(ids.response(), items.text(), body));
		}
	}

	boolean keeps() {
		return this.memory != null;
	}

	@Override
	public String toString() {
		return "Keeper[" + keeps() + "]";
	}

}
