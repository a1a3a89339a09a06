package io.github.fallbackai.gateway;

/**
 * The gateway refuses a request before any endpoint sees it.
 */
final class RejectedRequestException extends RuntimeException {

	private final transient GatewayError error;

	RejectedRequestException(GatewayError error) {
		// Without a stack trace, because the client's mistake may come often.
		super(error.code(), null, false, false);
		this.error = error;
	}

	/** What the client is told. */
	GatewayError error() {
		return this.error;
	}

}
