// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import java.io.InputStream;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * A protocol that clients of the gateway speak. Implementations are safe for use by
 * several threads.
 */
public interface Face {

	/** Where its requests are posted, below the path of the gateway. */
	String path();

	/**
	 * Reads a request. Reading happens at once; only what has to be looked up elsewhere
	 * may come later.
	 * @param body the body
	 * @param headers the headers
	 * @param client name of the client that sent it
	 * @return the call, or a {@link RejectedRequestException}
	 * @throws RejectedRequestException if it is no request, or asks for something that is
	 * not supported
	 */
	Mono<? extends FaceCall> decode(InputStream body, HttpHeaders headers, String client);

	/**
	 * The API that a request has to speak at an endpoint to go there as it came. Then the
	 * client reads what the endpoint says about it.
	 * @return the API, {@link ApiKind#OTHER} unless overridden
	 */
	default ApiKind own() {
		return ApiKind.OTHER;
	}

	/**
	 * Answers with an error as an endpoint that speaks the client's API wrote it.
	 * @param error the same error in the gateway's words
	 * @param status its HTTP status
	 * @param body its body, which quotes no key
	 * @return the answer, {@code null} if the body is no error of that API, or if its
	 * clients would not understand it
	 */
	default @Nullable ErrorResponse quote(GatewayError error, int status, String body) {
		return null;
	}

	/**
	 * Writes an error as the body of an answer.
	 * @param error the error
	 * @return a body in JSON
	 */
	byte[] error(GatewayError error);

	/**
	 * Answers with an error.
	 * @param error the error
	 * @return its body, with its own status unless overridden
	 */
	default ErrorResponse respond(GatewayError error) {
		return new ErrorResponse(error.status(), Map.of(), error(error));
	}

}
