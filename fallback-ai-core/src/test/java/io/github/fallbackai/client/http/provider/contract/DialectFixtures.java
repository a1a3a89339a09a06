// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.Failure;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A dialect and its payloads.
 */
interface DialectFixtures {

	Dialect dialect();

	/** Folders of fixtures, the most specific one first. */
	List<String> folders();

	default String path(String name) {
		return folders().stream()
			.map((folder) -> folder + "/" + name)
			.filter((path) -> Fixtures.class.getResource("/fixtures/" + path) != null)
			.findFirst()
			.orElseThrow(() -> new AssertionError("no fixture " + name));
	}

	default byte[] payload(String name) {
		return Fixtures.bytes(path(name));
	}

	default List<EndpointEvent> decodeStream(String name) {
		StreamDecoder decoder = dialect().streamDecoder(new ResponseHead(200, Map.of()));
		List<EndpointEvent> events = new ArrayList<>();
		for (ServerEvent event : Fixtures.events(path("streams/" + name + ".sse"))) {
			events.addAll(decoder.decode(event));
		}
		events.addAll(decoder.end());
		return events;
	}

	default AnswerSummary streamed(String name) {
		return AnswerSummary.of(decodeStream(name));
	}

	default AnswerSummary unary(String name) {
		return AnswerSummary
			.of(dialect().decodeUnary(new ResponseHead(200, Map.of()), payload("answers/" + name + ".json")));
	}

	default Failure unaryFailure(byte[] body) {
		return catchThrowableOfType(EndpointException.class,
				() -> dialect().decodeUnary(new ResponseHead(200, Map.of()), body))
			.failure();
	}

	default Failure unaryFailure(String body) {
		return unaryFailure(body.getBytes(StandardCharsets.UTF_8));
	}

	default Failure classify(int status, byte[] body) {
		return dialect().classify(new ResponseHead(status, Map.of()), body);
	}

}
