// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.Decoding;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a request refers to and the memory has: the response that it goes on from, and
 * single items.
 *
 * @param previous the items of the conversation up to the end of that response, empty if
 * there is none
 * @param items items by their ids
 * @param bytes about how many bytes of memory all that takes
 */
record Recollection(ArrayNode previous, Map<String, RequestField> items, long bytes) {

	/** Refers to nothing. */
	static final Recollection NONE = new Recollection(GatewayJson.object().putArray("items"), Map.of(), 0);

	/** For how long it waits for a thread that reads it. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String PREVIOUS = "previous_response_id";

	/** A response may be long, and is read for each of them. */
	private static final int REFERRED = 100;

	/**
	 * Looks up what a request refers to. A request of a few bytes may refer to very much,
	 * so that is read like a body of its size: not on the thread of a connection.
	 * @param body the request
	 * @param client name of the client
	 * @param memory keeps responses
	 * @param decoder reads the request with what was found
	 * @param <T> what it reads
	 */
	static <T> Mono<T> of(RequestField body, String client, ResponseMemory memory, Function<Recollection, T> decoder) {
		RequestField previous = body.get(PREVIOUS);
		String previousId = previous.absent() ? null : previous.text();
		Set<String> ids = referred(body.get("input"));
		if (previousId != null) {
			ids.add(previousId);
		}
		Mono<Map<String, StoredResponse>> found = Flux.fromIterable(ids)
			.concatMap((id) -> memory.find(client, id))
			.collectMap(StoredResponse::id);
		Duration patience = memory.patience();
		return ((patience != null) ? found.timeout(patience, Mono.error(ResponseMemory::unavailable)) : found)
			.flatMap((all) -> Decoding.work(size(all), PATIENCE, () -> decoder.apply(of(previousId, all))));
	}

	private static long size(Map<String, StoredResponse> found) {
		return found.values().stream().mapToLong(StoredResponse::size).sum();
	}

	private static Set<String> referred(RequestField input) {
		Set<String> ids = new LinkedHashSet<>();
		if (input.isArray()) {
			for (RequestField item : input.elements()) {
				String id = InputDecoder.referredResponse(item);
				if (id != null && ids.add(id) && ids.size() > REFERRED) {
					throw input.invalid("items of at most " + REFERRED + " stored responses");
				}
			}
		}
		return ids;
	}

	private static Recollection of(@Nullable String previousId, Map<String, StoredResponse> found) {
		StoredResponse previous = (previousId != null) ? found.get(previousId) : null;
		if (previousId != null && previous == null) {
			throw new RejectedRequestException(GatewayError.invalid("previous_response_not_found", PREVIOUS,
					"The previous response is not stored here. Send the whole conversation instead."));
		}
		Map<String, RequestField> items = new HashMap<>();
		ArrayNode conversation = GatewayJson.object().putArray("items");
		for (StoredResponse response : found.values()) {
			RequestField output = GatewayJson.read(response.body().getBytes(StandardCharsets.UTF_8)).get("output");
			output.elements().forEach((item) -> items.put(item.get("id").text(), item));
			JsonNode input = response.items();
			for (RequestField item : new RequestField(input).elements()) {
				if (item.get("id").isText()) {
					items.putIfAbsent(item.get("id").text(), item);
				}
			}
			if (response.equals(previous)) {
				input.forEach(conversation::add);
				output.value().forEach(conversation::add);
			}
		}
		return new Recollection(conversation, items, size(found));
	}

}
