// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.net.URI;

import io.github.fallbackai.client.http.provider.OperationUrl;

/**
 * Finds the address of the API from the URL of an endpoint, which may be that of the
 * other API of the same provider.
 */
final class ResponsesUrl {

	private static final String OPERATION = "/responses";

	private static final String CHAT = "/chat/completions";

	private static final String AZURE = "/openai";

	private ResponsesUrl() {
	}

	static URI openAi(URI url) {
		String path = OperationUrl.path(url);
		if (path.endsWith(OPERATION)) {
			return url;
		}
		String base = path.endsWith(CHAT) ? path.substring(0, path.length() - CHAT.length()) : path;
		return OperationUrl.replacePath(url, base + OPERATION);
	}

	/** The resource's own URL, or anything below it. */
	static URI azure(URI url) {
		String path = OperationUrl.path(url);
		if (path.endsWith(OPERATION)) {
			return url;
		}
		int resource = path.indexOf(AZURE);
		String base = (resource >= 0) ? path.substring(0, resource) : path;
		return OperationUrl.replacePath(url, base + AZURE + "/v1" + OPERATION);
	}

}
