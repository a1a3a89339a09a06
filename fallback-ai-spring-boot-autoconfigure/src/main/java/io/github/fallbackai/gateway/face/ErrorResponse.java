// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import java.util.Map;

/**
 * An error as a protocol answers with it.
 */
public final class ErrorResponse {

	private final int status;

	private final Map<String, String> headers;

	private final byte[] body;

	/**
	 * Creates an answer.
	 * @param status the HTTP status
	 * @param headers further headers
	 * @param body a body in JSON
	 */
	public ErrorResponse(int status, Map<String, String> headers, byte[] body) {
		this.status = status;
		this.headers = Map.copyOf(headers);
		this.body = body;
	}

	/** The HTTP status. */
	public int status() {
		return this.status;
	}

	/** Further headers. */
	public Map<String, String> headers() {
		return this.headers;
	}

	/** A body in JSON. */
	public byte[] body() {
		return this.body;
	}

	@Override
	public String toString() {
		return "ErrorResponse[" + this.status + "]";
	}

}
