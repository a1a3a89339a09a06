package io.github.fallbackai.client.http.netty;

/**
 * A response passed one of the
 * {@link io.github.fallbackai.client.http.wire.ResponseLimits}. Frequent enough under
 * attack to do without a stack trace.
 */
final class ResponseTooLargeException extends RuntimeException {

	ResponseTooLargeException(String what, long limit) {
		super(what + ": more than " + limit + " bytes", null, false, false);
	}

}
