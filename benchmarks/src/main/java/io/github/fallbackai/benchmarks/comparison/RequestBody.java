// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.nio.charset.StandardCharsets;

/**
 * The body of a request, for clients that write none.
 */
final class RequestBody {

	private RequestBody() {
	}

	static byte[] of(boolean streaming) {
		return ("{\"model\":\"" + Client.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + Client.PROMPT
				+ "\"}]" + (streaming ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "") + "}")
			.getBytes(StandardCharsets.UTF_8);
	}

}
