// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.TokenNumbers;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;

/**
 * Reads how many tokens a request has. Belongs to one answer.
 */
final class CountDecoder extends JsonAnswerDecoder {

	CountDecoder(ResponseHead head) {
		super(head);
	}

	/** A stream is no answer. */
	@Override
	public List<EndpointEvent> decode(JsonNode event) {
		throw events().failed(FailureKind.INVALID_RESPONSE);
	}

	@Override
	public List<EndpointEvent> decodeWhole(JsonNode whole) {
		Long tokens = TokenNumbers.read(whole.path("input_tokens"));
		if (tokens == null) {
			throw ErrorReport.describesError(whole) ? failure(whole) : events().failed(FailureKind.INVALID_RESPONSE);
		}
		events().usage(new Usage(tokens, 0, null, null));
		events().finish(FinishReason.STOP, null, List.of());
		return events().take();
	}

}
