package io.github.fallbackai.client.http.provider.openai;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.KeepAlive;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;

/**
 * Reads a stream of {@code chat.completion.chunk} objects that ends with {@code [DONE]}.
 */
final class ChunkStreamDecoder implements StreamDecoder {

	private static final String DONE = "[DONE]";

	private final ResponseHead head;

	private final AnswerDecoder answer;

	private boolean done;

	ChunkStreamDecoder(ResponseHead head) {
		this.head = head;
		this.answer = new AnswerDecoder(head);
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		String data = event.data();
		if (this.done || KeepAlive.is(event)) {
			return List.of();
		}
		if (last(event)) {
			this.done = true;
			return this.answer.endOfAnswer();
		}
		if (event.type().equals(ServerEvent.ERROR)) {
			return this.answer.error(ErrorReport.json(data));
		}
		JsonNode chunk = ProviderJson.readAnswer(data);
		if (chunk != null) {
			return this.answer.decode(chunk);
		}
		if (this.answer.finished()) {
			return List.of();
		}
		throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.INVALID_RESPONSE));
	}

	@Override
	public boolean last(ServerEvent event) {
		// With the comparison of lengths, most events need no search for white space.
		String data = event.data();
		return data.length() < 2 * DONE.length() && data.strip().equals(DONE);
	}

	@Override
	public boolean finished() {
		return this.answer.finished();
	}

	@Override
	public List<EndpointEvent> end() {
		return this.answer.endOfStream();
	}

	@Override
	public AnswerEvents answer() {
		return this.answer.events();
	}

}
