// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.DoneMarker;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.provider.json.JsonStreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * Reads a stream of typed events. The type within the data decides, because some servers
 * send no event type. Some end every stream with {@code [DONE]}, which says nothing here.
 */
final class ResponseStreamDecoder extends JsonStreamDecoder {

	ResponseStreamDecoder(ResponseHead head, JsonAnswerDecoder answer) {
		super(head, answer);
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		return last(event) ? List.of() : super.decode(event);
	}

	@Override
	protected boolean reportsError(ServerEvent event) {
		if (!super.reportsError(event)) {
			return false;
		}
		JsonNode json = ProviderJson.readAnswer(event.data());
		return json == null || !json.has("type");
	}

	@Override
	public boolean last(ServerEvent event) {
		return DoneMarker.is(event);
	}

}
