// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Measures how long a streamed answer takes to its first piece of content, as a client
 * sees it. Keeps its connection.
 */
final class FirstContent {

	private static final byte[] MARK = "\"content\":\"".getBytes(StandardCharsets.UTF_8);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final HttpRequest request;

	/**
	 * Prepares requests.
	 * @param url base URL of an OpenAI-compatible server
	 * @param model the model to ask for
	 * @param key the key to send
	 */
	FirstContent(String url, String model, String key) {
		this.request = HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + key)
			.POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model
					+ "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
			.build();
	}

	/** Asks once and returns the time to the first content in nanoseconds. */
	long measure() throws IOException, InterruptedException {
		long start = System.nanoTime();
		HttpResponse<InputStream> response = this.client.send(this.request, HttpResponse.BodyHandlers.ofInputStream());
		try (InputStream body = response.body()) {
			long first = -1;
			int matched = 0;
			byte[] buffer = new byte[8192];
			for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
				for (int index = 0; index < length && first < 0; index++) {
					if (matched < MARK.length) {
						matched = (buffer[index] == MARK[matched]) ? matched + 1 : 0;
					}
					else if (buffer[index] != '"') {
						first = System.nanoTime() - start;
					}
					else {
						// Empty, as it comes with the role.
						matched = 0;
					}
				}
			}
			if (response.statusCode() != 200 || first < 0) {
				throw new IllegalStateException("no content, status " + response.statusCode());
			}
			return first;
		}
	}

	static double medianMillis(long[] nanos) {
		long[] sorted = nanos.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2] / 1e6;
	}

}
