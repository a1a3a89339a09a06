// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.CachedTokens;
import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Prompt;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.Refusal;
import io.github.fallbackai.test.wire.Turn;
import io.github.fallbackai.test.wire.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Puts contents into the format of one request.
 */
final class Rendering {

	private static final String JSON = "application/json";

	private static final String EVENT_STREAM = "text/event-stream; charset=utf-8";

	private final WireFormat format;

	private final Prompt prompt;

	private final String id;

	private final Supplier<String> standardText;

	private final RecordedRequest request;

	private final ProviderRules rules;

	private final @Nullable PromptMemory memory;

	/**
	 * Creates the rendering of one request.
	 * @param format the request's format
	 * @param request the request
	 * @param rules what the provider insists on
	 * @param memory the prompt cache, absent if there is none
	 * @param standardText what the model says if the outcome has no text
	 */
	Rendering(WireFormat format, RecordedRequest request, ProviderRules rules, @Nullable PromptMemory memory,
			Supplier<String> standardText) {
		this.format = format;
		this.prompt = request.prompt();
		// Of constant length, so that equal requests get responses of equal length.
		this.id = String.format(Locale.ROOT, "%08d", request.index());
		this.standardText = standardText;
		this.request = request;
		this.rules = rules;
		this.memory = memory;
	}

	Reply answer(Answer answer) {
		Refusal refusal = (this.rules != ProviderRules.NONE)
				? this.format.refusal(this.prompt, this.request.body(), this.rules, this.request::header) : null;
		if (refusal != null) {
			this.request.refuse(refusal.words());
			return raw(400, JSON, refusal.body());
		}
		Answer said = (answer.text() != null) ? answer : answer.withText(this.standardText.get());
		CachedTokens cached = (this.memory != null) ? this.memory.read(this.format.blocks(this.request.body())) : null;
		Turn turn = new Turn(this.id, this.prompt, said, this.rules, cached);
		if (this.prompt.stream()) {
			return reply(200, EVENT_STREAM, this.format.stream(turn));
		}
		return reply(200, JSON, List.of(Frame.body(this.format.unary(turn), turn.usage().output())));
	}

	Reply error(ProviderError error) {
		return raw(error.status(), JSON, this.format.error(error));
	}

	Reply raw(int status, String contentType, String body) {
		return reply(status, contentType, List.of(Frame.body(body, 0)));
	}

	/**
	 * Puts an error after some tokens: within the stream, or instead of an answer that
	 * would have been sent as a whole.
	 */
	Reply errorAfterTokens(Reply reply, int tokens, ProviderError error) {
		return reply.isWhole() ? error(error)
				: reply.upToToken(tokens).plus(Frame.structure(this.format.errorEvent(error)));
	}

	Reply errorAfterEvents(Reply reply, int events, ProviderError error) {
		return reply.isWhole() ? error(error)
				: reply.upToFrame(events).plus(Frame.structure(this.format.errorEvent(error)));
	}

	/**
	 * Whether the request is against the rules. No fault befalls the refusal.
	 */
	boolean refused() {
		return this.request.refusal() != null;
	}

	/**
	 * The text with which the provider keeps a connection alive.
	 */
	String ping() {
		return this.prompt.stream() ? this.format.ping() : "\n";
	}

	private Reply reply(int status, String contentType, List<Frame> frames) {
		Reply reply = new Reply(Reply.Head.of(status, contentType), frames);
		String requestId = this.format.requestIdHeader();
		return (requestId != null) ? reply.withHeader(requestId, "req_" + this.id) : reply;
	}

}
