package io.github.fallbackai.client.http.provider.gemini;

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
 * Reads a stream of responses. The last one has a finish reason. No marker follows.
 */
final class ResponseStreamDecoder implements StreamDecoder {

	private final ResponseHead head;

	private final ResponseDecoder answer;

	ResponseStreamDecoder(ResponseHead head) {
		this.head = head;
		this.answer = new ResponseDecoder(head);
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		if (KeepAlive.is(event)) {
			return List.of();
		}
		if (event.type().equals(ServerEvent.ERROR)) {
			return this.answer.error(ErrorReport.json(event.data()));
		}
		JsonNode json = ProviderJson.readAnswer(event.data());
		if (json != null) {
			return this.answer.decode(json);
		}
		if (finished()) {
			return List.of();
		}
		throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.INVALID_RESPONSE));
	}

	@Override
	public boolean last(ServerEvent event) {
		return false;
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
