// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.ProviderWork;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes events from a message, in one piece or event by event. Belongs to one answer.
 */
final class MessageDecoder extends JsonAnswerDecoder {

	/** Why the model refused. Nothing is sent back, but clients of this API read it. */
	private static final String STOP_DETAILS = "stop_details";

	private final AnswerEvents answer;

	private final TokenCount tokens = new TokenCount();

	private Remarks remarks = new Remarks();

	private ContentBlocks blocks;

	private final ServerWork work;

	/** Whether the last event began a block, which says more than its text. */
	private boolean begins;

	/** Nothing that comes now belongs to the answer. */
	private boolean over;

	MessageDecoder(ResponseHead head) {
		super(head);
		this.answer = events();
		this.blocks = new ContentBlocks(this.answer);
		this.work = new ServerWork(this.answer);
	}

	/** Reads one event of a stream. New kinds of events may appear at any time. */
	@Override
	public List<EndpointEvent> decode(JsonNode event) {
		String type = ProviderJson.text(event, "type");
		// A message that begins after a complete one does not belong to it.
		this.over |= finished() && type.equals("message_start");
		if (this.over) {
			return List.of();
		}
		this.begins = type.equals("content_block_start");
		switch (type) {
			case "message_start" -> start(event.path("message"));
			case "content_block_start" -> {
				this.blocks.start(index(event), event.path("content_block"));
				this.work.begins(event.path("content_block"));
			}
			case "content_block_delta" -> this.blocks.delta(index(event), event.path("delta"));
			case "content_block_stop" -> {
				this.blocks.end();
				this.work.ends();
			}
			case "message_delta" -> {
				this.remarks.end(event);
				remark();
				stop(event.path("delta"));
				this.answer.usage(this.tokens.add(event.path("usage")));
			}
			case "message_stop" -> {
				this.blocks.end();
				this.answer.end(this.blocks.toolCalls());
				this.over = true;
			}
			case "error" -> error(event);
			default -> {
				// Proxies write errors in a form of their own.
				if (!event.has("type") && ErrorReport.describesError(event)) {
					error(event);
				}
			}
		}
		return this.answer.take();
	}

	@Override
	public List<EndpointEvent> decodeWhole(JsonNode message) {
		if (!message.path("content").isArray()) {
			throw ErrorReport.describesError(message) ? failure(message)
					: this.answer.failed(FailureKind.INVALID_RESPONSE);
		}
		this.answer.identify(ProviderJson.text(message, "id"), ProviderJson.text(message, "model"));
		this.remarks.whole(message);
		remark();
		int index = 0;
		for (JsonNode block : message.path("content")) {
			this.blocks.start(index++, block);
		}
		this.blocks.end();
		stop(message);
		this.answer.end(this.blocks.toolCalls());
		this.answer.usage(this.tokens.add(message.path("usage")));
		return this.answer.take();
	}

	/**
	 * A second start means that the server, or a proxy, tried again within the same
	 * response. Tool calls that the first try began are dropped. Text that was passed on
	 * cannot be taken back.
	 */
	private void start(JsonNode message) {
		if (this.answer.hasText()) {
			throw this.answer.failed(FailureKind.CONNECTION_LOST);
		}
		this.blocks = new ContentBlocks(this.answer);
		if (this.answer.reasons()) {
			this.answer.endPart(new ReasoningPart(""));
		}
		this.answer.identify(ProviderJson.text(message, "id"), ProviderJson.text(message, "model"));
		this.remarks = new Remarks();
		this.remarks.start(message);
		remark();
		// A stream that breaks has also cost its prompt.
		this.answer.usage(this.tokens.add(message.path("usage")));
	}

	private void remark() {
		if (this.remarks.any()) {
			this.answer.remark(this.remarks.state());
		}
	}

	private void stop(JsonNode holder) {
		if (holder.hasNonNull("stop_reason")) {
			this.blocks.end();
			String raw = ProviderJson.text(holder, "stop_reason");
			JsonNode details = holder.path(STOP_DETAILS);
			if (details.isObject()) {
				this.answer.state(AnthropicState.of(ProviderJson.MAPPER.createObjectNode().set(STOP_DETAILS, details)));
			}
			if (ProviderWork.mayBePaused(raw)) {
				this.blocks.stopped();
			}
			try {
				this.answer.finish(raw, this.blocks.toolCalls());
			}
			catch (EndpointException ex) {
				throw explained(ex, details);
			}
		}
	}

	/** A refusal without any text is a failure, which says why. */
	private static EndpointException explained(EndpointException refusal, JsonNode details) {
		Failure failure = refusal.failure();
		if (failure.kind() != FailureKind.CONTENT_FILTERED || !details.isObject()) {
			return refusal;
		}
		return new EndpointException(Failure.of(failure.kind())
			.httpStatus(failure.httpStatus())
			.requestId(failure.requestId())
			.replaySafety(failure.replaySafety())
			.providerCode(details.path("category").textValue())
			.providerMessage(details.path("explanation").textValue())
			.build());
	}

	/** Servers that begin a block for each text may do so again at once. */
	@Override
	protected @Nullable AnswerEvents texts() {
		return this.begins ? null : super.texts();
	}

	@Override
	protected boolean reads(JsonNode event) {
		return event.isObject();
	}

	private static int index(JsonNode event) {
		return event.path("index").asInt(0);
	}

}
