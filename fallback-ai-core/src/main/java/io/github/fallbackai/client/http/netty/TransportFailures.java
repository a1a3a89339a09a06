// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.io.IOException;
import java.util.function.Predicate;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import reactor.netty.channel.AbortedException;

/**
 * Finds the {@link FailureKind} of a failed exchange, from the type of the exception and
 * from how far the exchange got.
 */
final class TransportFailures {

	private static final int MAX_CAUSES = 10;

	private TransportFailures() {
	}

	static EndpointException translate(Throwable error, ExchangeTrace trace) {
		if (error instanceof EndpointException translated) {
			return translated;
		}
		return new EndpointException(
				(trace.connected() ? afterConnecting(error) : whileConnecting(error)).cause(error).build());
	}

	/**
	 * Connecting fails only with I/O errors. Other errors come from the pool, which is
	 * full or closed, or from the application's filter.
	 */
	private static Failure.Builder whileConnecting(Throwable error) {
		FailureKind kind = has(error, IOException.class::isInstance) ? FailureKind.CONNECT_FAILED : FailureKind.LOCAL;
		return Failure.of(kind).replaySafety(ReplaySafety.NOT_PROCESSED);
	}

	private static Failure.Builder afterConnecting(Throwable error) {
		if (has(error, TransportFailures::ofTheConnection)) {
			return Failure.of(FailureKind.CONNECTION_LOST);
		}
		if (has(error, TransportFailures::ofTheContent)) {
			return Failure.of(FailureKind.INVALID_RESPONSE);
		}
		return Failure.of(FailureKind.LOCAL);
	}

	private static boolean ofTheConnection(Throwable error) {
		return error instanceof IOException || error instanceof AbortedException
				|| error instanceof PrematureChannelClosureException;
	}

	private static boolean ofTheContent(Throwable error) {
		return error instanceof ResponseTooLargeException || error instanceof DecoderException;
	}

	private static boolean has(Throwable error, Predicate<Throwable> condition) {
		Throwable current = error;
		for (int i = 0; i < MAX_CAUSES && current != null; i++) {
			if (condition.test(current)) {
				return true;
			}
			current = current.getCause();
		}
		return false;
	}

}
