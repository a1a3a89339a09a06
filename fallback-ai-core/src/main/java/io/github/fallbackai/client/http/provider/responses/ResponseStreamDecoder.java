package io.github.fallbackai.client.http.provider.responses;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.KeepAlive;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;

/**
 * Reads a stream of typed events. The type within the data decides, because some servers
 * send no event type.
 */
final class ResponseStreamDecoder implements StreamDecoder {

	/** Some compatible servers end every stream like that. */
	private static final String DONE = "[DONE]";

	private final ResponseHead head;

	private final ResponseDecoder response;

	ResponseStreamDecoder(ResponseHead head) {
		this.head = head;
		this.response = new ResponseDecoder(head);
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		if (KeepAlive.is(event) || last(event)) {
			return List.of();
		}
		JsonNode json = ProviderJson.readAnswer(event.data());
		if (event.type().equals(ServerEvent.ERROR) && (json == null || !json.has("type"))) {
			return this.response.failed(ErrorReport.json(event.data()));
		}
		if (json != null && json.isObject()) {
			return this.response.decode(json);
		}
		if (finished()) {
			return List.of();
		}
		throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.INVALID_RESPONSE));
	}

	@Override
	public boolean last(ServerEvent event) {
		String data = event.data();
		return data.length() < 2 * DONE.length() && data.strip().equals(DONE);
	}

	@Override
	public boolean finished() {
		return this.response.finished();
	}

	@Override
	public List<EndpointEvent> end() {
		return this.response.endOfStream();
	}

}
