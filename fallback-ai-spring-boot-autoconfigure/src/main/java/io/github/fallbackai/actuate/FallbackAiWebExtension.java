// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Operations over HTTP. A refusal says why, while Spring Boot would answer with a status
 * only.
 */
@EndpointWebExtension(endpoint = FallbackAiEndpoint.class)
public class FallbackAiWebExtension {

	private static final int METHOD_NOT_ALLOWED = 405;

	private final FallbackAiEndpoint endpoint;

	/**
	 * Creates the extension.
	 * @param endpoint carries operations out
	 */
	public FallbackAiWebExtension(FallbackAiEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Waits for the outcome, because otherwise Spring MVC would not use its status. A
	 * method that does not return a publisher is called on a thread that may block.
	 */
	@WriteOperation
	WebEndpointResponse<Object> operate(@Selector String endpoint, @org.springframework.lang.Nullable String action,
			@org.springframework.lang.Nullable String length, @org.springframework.lang.Nullable String reason,
			@org.springframework.lang.Nullable DrillParameters drill) {
		try {
			if (DrillParameters.ACTION.equals(action)) {
				return new WebEndpointResponse<>(this.endpoint.drill(endpoint, drill, length, reason));
			}
			if (drill != null) {
				throw drill.outOfPlace();
			}
			return new WebEndpointResponse<>(this.endpoint.operate(endpoint, action, length, reason).block());
		}
		catch (ReadOnlyEndpointException ex) {
			return refused(ex, METHOD_NOT_ALLOWED);
		}
		catch (UnknownEndpointException ex) {
			return refused(ex, WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (InvalidEndpointRequestException ex) {
			return refused(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private static WebEndpointResponse<Object> refused(InvalidEndpointRequestException ex, int status) {
		return new WebEndpointResponse<>(Map.of("error", ex.getReason()), status);
	}

}
