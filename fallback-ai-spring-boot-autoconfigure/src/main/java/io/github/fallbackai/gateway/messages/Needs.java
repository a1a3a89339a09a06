package io.github.fallbackai.gateway.messages;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.fallbackai.gateway.face.EndpointNeed;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * What of a request cannot be said to endpoints that do not speak this API: some of it is
 * left out there, some has to be understood. Belongs to one request.
 */
final class Needs {

	private final Set<String> leftOut = new LinkedHashSet<>();

	private @Nullable EndpointNeed need;

	/** A hint that other endpoints do not get. */
	void leftOut(String name) {
		this.leftOut.add(name);
	}

	/** Something without which the request would mean something else. */
	void required(RequestField field, String what) {
		if (this.need == null) {
			this.need = new EndpointNeed((endpoint) -> endpoint.provider().equals(BlockState.ANTHROPIC),
					GatewayError.invalid("unsupported_request", field.path(),
							field.path() + ": no model here understands " + what + "."));
		}
	}

	/** Which endpoints can be asked, {@code null} for all. */
	@Nullable EndpointNeed need() {
		return this.need;
	}

	/** What others do not get. */
	Set<String> leftOut() {
		return this.leftOut;
	}

}
