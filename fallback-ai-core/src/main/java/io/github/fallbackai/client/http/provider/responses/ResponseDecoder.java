// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes events from a response, in one piece or event by event. Belongs to one answer.
 *
 * @see <a href=
 * "https://platform.openai.com/docs/api-reference/responses-streaming">Streaming
 * events</a>
 */
final class ResponseDecoder extends JsonAnswerDecoder {

	private static final String COMPLETED = "completed";

	private static final String INCOMPLETE = "incomplete";

	private static final String TIER = "service_tier";

	private final AnswerEvents answer;

	private final OutputItems items;

	private final HostedWork hosted;

	/**
	 * @param head status and headers of the response
	 * @param tools the tools that the client has
	 */
	ResponseDecoder(ResponseHead head, ClientTools tools) {
		super(head);
		this.answer = events();
		this.items = new OutputItems(this.answer, tools);
		this.hosted = new HostedWork(this.answer, tools);
	}

	/**
	 * Reads one event of a stream. After the end, nothing belongs to the answer. New
	 * kinds of events may appear at any time.
	 */
	@Override
	public List<EndpointEvent> decode(JsonNode event) {
		if (finished()) {
			return List.of();
		}
		JsonNode response = event.path("response");
		switch (ProviderJson.text(event, "type")) {
			case "response.created", "response.in_progress", "response.queued" -> identify(response);
			case "response.output_item.added" -> {
				this.items.start(place(event), event.path("item"));
				this.hosted.start(place(event), event.path("item"), event);
			}
			case "response.output_item.done" -> {
				this.hosted.end(place(event), event.path("item"), event);
				this.items.end(place(event), event.path("item"));
			}
			case "response.output_text.delta" -> this.items.text(place(event), ProviderJson.text(event, "delta"));
			case "response.output_text.annotation.added" -> this.answer.annotation(event.path("annotation"));
			case "response.refusal.delta" -> this.items.refusal(place(event), ProviderJson.text(event, "delta"));
			case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
				this.items.reasoning(place(event), ProviderJson.text(event, "delta"));
			case "response.reasoning_summary_part.added" -> this.items.paragraph(place(event));
			case "response.function_call_arguments.delta" -> this.items.arguments(place(event), event.path("delta"));
			case "response.completed", "response.incomplete", "response.failed", "response.cancelled" ->
				end(response, ProviderJson.text(event, "type"));
			case "error" -> throw failure(event);
			default -> {
				// Servers and proxies write errors in a form of their own.
				if (!event.has("type") && ErrorReport.describesError(event)) {
					throw failure(event);
				}
				this.hosted.tell(place(event), event);
			}
		}
		return this.answer.take();
	}

	@Override
	public List<EndpointEvent> decodeWhole(JsonNode response) {
		boolean answered = response.path("output").isArray();
		if (!answered || response.path("error").isObject()) {
			throw ErrorReport.describesError(response) ? failure(response)
					: this.answer.failed(FailureKind.INVALID_RESPONSE);
		}
		end(response, "");
		return this.answer.take();
	}

	@Override
	protected boolean reads(JsonNode event) {
		return event.isObject();
	}

	/** It counts which items told something in deltas. */
	@Override
	protected @Nullable AnswerEvents texts() {
		return null;
	}

	private void identify(JsonNode response) {
		this.answer.identify(ProviderJson.text(response, "id"), ProviderJson.text(response, "model"));
	}

	/**
	 * The response ends.
	 * @param response the response
	 * @param event what says so, empty if it came in one piece
	 */
	private void end(JsonNode response, String event) {
		if (response.path("error").isObject()) {
			throw failure(response);
		}
		identify(response);
		if (!this.items.any()) {
			int place = 0;
			for (JsonNode item : response.path("output")) {
				this.hosted.whole(String.valueOf(place), item);
				this.items.end(String.valueOf(place++), item);
			}
		}
		this.answer.usage(UsageDecoder.decode(response));
		tier(response);
		this.hosted.release();
		String status = ProviderJson.text(response, "status");
		String word = status.isEmpty() ? event.substring(event.indexOf('.') + 1) : status;
		switch (word) {
			case COMPLETED -> this.answer.finish(COMPLETED, this.items.toolCalls());
			case INCOMPLETE -> {
				String reason = ProviderJson.text(response.path("incomplete_details"), "reason");
				this.answer.finish(reason.isEmpty() ? INCOMPLETE : reason, this.items.toolCalls());
			}
			// Nothing says that the model is done.
			case "in_progress", "queued", "" -> throw this.answer.failed(FailureKind.INVALID_RESPONSE);
			default -> this.answer.finish(word, this.items.toolCalls());
		}
	}

	/** What the answer costs depends on it, and the request may leave it open. */
	private void tier(JsonNode response) {
		String tier = ProviderJson.text(response, TIER);
		if (!tier.isEmpty()) {
			this.answer.remark(ResponsesState.of(ProviderJson.MAPPER.createObjectNode().put(TIER, tier)));
		}
	}

	/** Some servers change the ids of items between events, but not their places. */
	private static String place(JsonNode event) {
		JsonNode index = event.path("output_index");
		String id = ProviderJson.text(event, "item_id");
		return index.isNumber() ? index.asText() : id.isEmpty() ? ProviderJson.text(event.path("item"), "id") : id;
	}

}
