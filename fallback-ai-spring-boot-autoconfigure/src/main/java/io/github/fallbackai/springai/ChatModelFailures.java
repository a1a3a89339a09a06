// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * What an exception of a chat model means. Each provider's client has its own exceptions.
 * Those that carry a status are recognised by that, the others by what caused them. An
 * exception that nothing here knows is the endpoint's failure, unless it is one that
 * mistakes on this side cause. Neither is a mistake of the caller.
 */
final class ChatModelFailures {

	/** How Spring AI's own exceptions say it: the status, then the body. */
	private static final Pattern STATUS_AND_BODY = Pattern.compile("(?:HTTP )?([1-5]\\d\\d)\\b\\s*-?\\s*(.*)",
			Pattern.DOTALL);

	private static final String TRANSIENT = "org.springframework.ai.retry.TransientAiException";

	private static final String NON_TRANSIENT = "org.springframework.ai.retry.NonTransientAiException";

	private static final String GOOGLE_AUTH = "com.google.auth.oauth2.GoogleAuthException";

	private static final int MOST_CAUSES = 20;

	private ChatModelFailures() {
	}

	static Failure of(Throwable error) {
		Throwable cause = error;
		for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
			Failure failure = known(cause);
			if (failure != null) {
				return failure;
			}
			cause = cause.getCause();
		}
		return unknown(error);
	}

	private static @Nullable Failure known(Throwable error) {
		if (error instanceof EndpointException known) {
			return known.failure();
		}
		if (error instanceof WebClientResponseException response) {
			return answered(response.getStatusCode().value(), response.getHeaders(),
					response.getResponseBodyAsByteArray());
		}
		if (error instanceof RestClientResponseException response) {
			return answered(response.getStatusCode().value(), response.getResponseHeaders(),
					response.getResponseBodyAsByteArray());
		}
		String type = error.getClass().getName();
		if (type.equals(TRANSIENT) || type.equals(NON_TRANSIENT)) {
			return ofSpringAi(error, type.equals(TRANSIENT));
		}
		if (type.endsWith("InvalidDataException")) {
			return Failure.of(FailureKind.INVALID_RESPONSE).build();
		}
		if (SdkExceptions.is(error, GOOGLE_AUTH) && SdkExceptions.refusesCredentials(error.getCause())) {
			// The service account, not the request.
			return Failure.of(FailureKind.AUTHENTICATION).providerMessage(error.getMessage()).build();
		}
		ErrorReport report = SdkExceptions.report(error);
		if (report != null) {
			return ErrorClassifier.classify(report);
		}
		return (error instanceof IOException || error instanceof TimeoutException) ? connection(error) : null;
	}

	private static Failure answered(int status, @Nullable HttpHeaders headers, byte[] body) {
		ResponseHead head = new ResponseHead(status, (name) -> (headers != null) ? headers.getFirst(name) : null);
		return ErrorClassifier.classify(ErrorReport.of(head, body));
	}

	private static @Nullable Failure ofSpringAi(Throwable error, boolean temporary) {
		Matcher matcher = STATUS_AND_BODY.matcher((error.getMessage() != null) ? error.getMessage() : "");
		if (matcher.lookingAt()) {
			return answered(Integer.parseInt(matcher.group(1)), null,
					matcher.group(2).getBytes(StandardCharsets.UTF_8));
		}
		if (error.getCause() != null) {
			return null;
		}
		return Failure.of(temporary ? FailureKind.SERVER_ERROR : FailureKind.REFUSED_UNEXPLAINED)
			.providerMessage(error.getMessage())
			.build();
	}

	private static @Nullable Failure connection(Throwable error) {
		boolean connecting = error instanceof ConnectException || error instanceof UnknownHostException
				|| error instanceof NoRouteToHostException || error instanceof SSLHandshakeException
				|| error instanceof SSLPeerUnverifiedException
				|| error.getClass().getSimpleName().contains("ConnectTimeout");
		if (connecting) {
			return Failure.of(FailureKind.CONNECT_FAILED).replaySafety(ReplaySafety.NOT_PROCESSED).build();
		}
		boolean late = error instanceof SocketTimeoutException || error instanceof TimeoutException
				|| error.getClass().getSimpleName().contains("Timeout");
		if (late) {
			return Failure.of(FailureKind.TIMED_OUT).build();
		}
		// A wrapper often says less than what it wraps.
		boolean wrapper = error.getCause() instanceof IOException || error.getCause() instanceof TimeoutException;
		return wrapper ? null : Failure.of(FailureKind.CONNECTION_LOST).build();
	}

	private static Failure unknown(Throwable error) {
		if (error instanceof UnsupportedOperationException) {
			return Failure.of(FailureKind.UNSUPPORTED).build();
		}
		boolean ours = error instanceof IllegalArgumentException || error instanceof IllegalStateException
				|| error instanceof NullPointerException || error instanceof ClassCastException
				|| error instanceof RejectedExecutionException || error instanceof LinkageError;
		return Failure.of(ours ? FailureKind.LOCAL : FailureKind.SERVER_ERROR)
			.providerCode(error.getClass().getSimpleName())
			.providerMessage(error.getMessage())
			.build();
	}

}
