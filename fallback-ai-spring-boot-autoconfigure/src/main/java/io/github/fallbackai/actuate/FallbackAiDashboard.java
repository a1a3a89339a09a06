// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.function.Supplier;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * A page that shows the management endpoint {@code fallbackai} to people. It is an
 * endpoint itself, so that it is exposed and protected like all others.
 */
@WebEndpoint(id = FallbackAiDashboard.ID)
public class FallbackAiDashboard {

	/** The id that the page has in paths and properties. */
	public static final String ID = "fallbackaidashboard";

	private static final String ACCESS = "access";

	private static final MimeType JSON = MimeTypeUtils.APPLICATION_JSON;

	private final Supplier<Access> access;

	/**
	 * Creates the page.
	 * @param access what it may do
	 */
	public FallbackAiDashboard(Supplier<Access> access) {
		this.access = access;
	}

	@ReadOperation(produces = MimeTypeUtils.TEXT_HTML_VALUE)
	WebEndpointResponse<Resource> page() {
		return response(DashboardFile.PAGE);
	}

	/** A file of the page, or what the page may do. */
	@ReadOperation(produces = { "text/javascript", "text/css", "image/svg+xml", MimeTypeUtils.APPLICATION_JSON_VALUE })
	WebEndpointResponse<?> file(@Selector String name) {
		if (name.equals(ACCESS)) {
			return new WebEndpointResponse<>(this.access.get(), JSON);
		}
		return DashboardFile.named(name)
			.<WebEndpointResponse<?>>map(FallbackAiDashboard::response)
			.orElseGet(() -> new WebEndpointResponse<Resource>(WebEndpointResponse.STATUS_NOT_FOUND));
	}

	private static WebEndpointResponse<Resource> response(DashboardFile file) {
		return new WebEndpointResponse<>(file.resource(), file.type());
	}

	/**
	 * What the page may do.
	 *
	 * @param operations whether operations are permitted
	 * @param drills whether drills are enabled and permitted
	 */
	public record Access(boolean operations, boolean drills) {

	}

}
