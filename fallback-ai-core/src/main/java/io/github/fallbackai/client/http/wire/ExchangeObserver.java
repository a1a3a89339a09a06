// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.util.Map;

import io.github.fallbackai.client.EndpointException;

/**
 * Accompanies one HTTP exchange until there is an answer or none can come. It is told one
 * end: an answer, a failure or a cancellation.
 */
public interface ExchangeObserver {

	/**
	 * Headers to send beside those of the request, such as those that carry a trace.
	 * Called once for an exchange that gets a connection.
	 */
	Map<String, String> headers();

	/**
	 * The head of the answer arrived.
	 * @param head status and headers
	 */
	void answered(ResponseHead head);

	/**
	 * The exchange failed before there was an answer.
	 * @param error what went wrong
	 */
	void failed(EndpointException error);

	/** The caller left before there was an answer. */
	void cancelled();

}
