package io.github.fallbackai.gateway;

/**
 * The gateway refuses a request before any endpoint sees it.
 */
final class RejectedRequestException extends RuntimeException {

	private final transient GatewayError error;

	RejectedRequestException(GatewayError error) {
		// Without a stack trace: it is the client's mistake, and it may come often.
		super(error.code(), null, false, false);
		this.error = error;
	}

	/** What the client is told. */
	GatewayError error() {
		return this.error;
	}

}
