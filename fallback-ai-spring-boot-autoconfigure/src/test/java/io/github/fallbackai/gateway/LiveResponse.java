// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the gateway streams, line by line while it is under way. Waits for each line.
 */
final class LiveResponse {

	private final int status;

	private final Iterator<String> lines;

	private LiveResponse(HttpResponse<Stream<String>> response) {
		this.status = response.statusCode();
		this.lines = response.body().filter((line) -> !line.isEmpty()).iterator();
	}

	/** Asks one question for a stream, and returns when the stream has begun. */
	static LiveResponse stream(GatewayServer gateway, String question) {
		return new LiveResponse(RawResponse.send(gateway, "/chat/completions",
				HttpRequest.BodyPublishers.ofString(RawResponse.streamed(question)),
				HttpResponse.BodyHandlers.ofLines()));
	}

	int status() {
		return this.status;
	}

	/** The next line that says something. */
	String next() {
		return this.lines.next();
	}

	/** All lines until the end. */
	List<String> rest() {
		List<String> rest = new ArrayList<>();
		this.lines.forEachRemaining(rest::add);
		return rest;
	}

}
