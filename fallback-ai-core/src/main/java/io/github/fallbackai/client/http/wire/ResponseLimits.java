// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import io.github.fallbackai.endpoint.Bounds;

/**
 * How much of a response is read before it counts as invalid and its connection is
 * closed. In bytes, after decompression.
 *
 * @param response the body of a success
 * @param event one server-sent event
 * @param errorBody the body of any other response
 */
public record ResponseLimits(long response, int event, int errorBody) {

	/** 32 MB, 1 MB and 64 KB. */
	public static final ResponseLimits DEFAULTS = new ResponseLimits(32L << 20, 1 << 20, 64 << 10);

	public ResponseLimits {
		Bounds.require(response > 0, "limits.response", response, "> 0");
		Bounds.require(event > 0, "limits.event", event, "> 0");
		Bounds.require(errorBody > 0, "limits.error-body", errorBody, "> 0");
	}

	/**
	 * How much of a body may be read.
	 * @param head the response's head
	 * @return the limit in bytes
	 */
	public long bodyOf(ResponseHead head) {
		return head.success() ? this.response : this.errorBody;
	}

}
