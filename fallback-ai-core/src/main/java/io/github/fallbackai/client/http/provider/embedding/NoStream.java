// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.embedding;

import java.util.List;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;

/**
 * Vectors come in one piece. A stream is no answer.
 */
final class NoStream implements StreamDecoder {

	private final ResponseHead head;

	NoStream(ResponseHead head) {
		this.head = head;
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		throw invalid();
	}

	@Override
	public boolean last(ServerEvent event) {
		return false;
	}

	@Override
	public boolean finished() {
		return false;
	}

	@Override
	public List<EndpointEvent> end() {
		throw invalid();
	}

	private EndpointException invalid() {
		return new EndpointException(ErrorReport.of(this.head).as(FailureKind.INVALID_RESPONSE));
	}

}
