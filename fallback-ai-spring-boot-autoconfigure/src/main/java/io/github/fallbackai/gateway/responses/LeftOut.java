package io.github.fallbackai.gateway.responses;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * What no endpoint gets of a request. A header of the answer tells the client. Belongs to
 * one request.
 */
final class LeftOut {

	static final String HEADER = "x-fallback-ai-left-out";

	private static final int MOST = 20;

	private static final int LONGEST = 60;

	private final HostedTools hostedTools;

	private final Set<String> names = new LinkedHashSet<>();

	LeftOut(HostedTools hostedTools) {
		this.hostedTools = hostedTools;
	}

	/** A parameter or a part of one is left out. */
	void add(String name) {
		if (this.names.size() < MOST) {
			this.names.add(printable(name));
		}
	}

	/**
	 * A provider's own tool, or what such a tool did, is left out.
	 * @param holder what has it
	 * @throws RejectedRequestException if the request is refused for it
	 */
	void addHosted(RequestField holder) {
		String type = printable(holder.get("type").text());
		if (this.hostedTools == HostedTools.REJECT) {
			throw new RejectedRequestException(GatewayError.invalid("unsupported_tool", holder.path(), "'"
					+ holder.path() + "' is not supported here: providers run '" + type
					+ "' themselves, and another provider could not go on with it. Leave it out, or use a tool of the type 'function' or 'custom'."));
		}
		add(type);
	}

	Map<String, String> header() {
		return this.names.isEmpty() ? Map.of() : Map.of(HEADER, String.join(", ", this.names));
	}

	private static String printable(String name) {
		StringBuilder printable = new StringBuilder();
		name.chars()
			.limit(LONGEST)
			.forEach((next) -> printable.append((next > ' ' && next < 127 && next != ',') ? (char) next : '?'));
		return printable.toString();
	}

}
