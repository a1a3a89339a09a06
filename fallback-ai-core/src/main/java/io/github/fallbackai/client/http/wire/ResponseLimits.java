package io.github.fallbackai.client.http.wire;

/**
 * How much of a response is read before it counts as invalid and its connection is
 * closed. In bytes, after decompression.
 *
 * @param response the body of a success
 * @param event one server-sent event
 * @param errorBody the body of anything but a success
 */
public record ResponseLimits(long response, int event, int errorBody) {

	/** 32 MB, 1 MB and 64 KB. */
	public static final ResponseLimits DEFAULTS = new ResponseLimits(32L << 20, 1 << 20, 64 << 10);

	public ResponseLimits {
		requirePositive("response", response);
		requirePositive("event", event);
		requirePositive("error-body", errorBody);
	}

	/**
	 * How much of a body may be read.
	 * @param head the response's head
	 * @return the limit in bytes
	 */
	public long bodyOf(ResponseHead head) {
		return head.success() ? this.response : this.errorBody;
	}

	private static void requirePositive(String name, long value) {
		if (value <= 0) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
		}
	}

}
