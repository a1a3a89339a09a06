package io.github.fallbackai.gateway.responses;

import java.util.Set;

import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * What endpoints do not get of a request. A header of the answer tells the client.
 * Belongs to one request.
 */
final class LeftOut {

	private final HostedTools hostedTools;

	private final Omissions omissions = new Omissions();

	LeftOut(HostedTools hostedTools) {
		this.hostedTools = hostedTools;
	}

	/** A parameter or a part of one is left out. */
	void add(String name) {
		this.omissions.add(name);
	}

	/** Only some endpoints get a parameter. */
	void onlyFor(String name, Set<ApiKind> readers) {
		this.omissions.onlyFor(name, readers);
	}

	/** Endpoints of one API do not get a parameter. */
	void butFor(String name, ApiKind kind) {
		this.omissions.butFor(name, kind);
	}

	/**
	 * A provider's own tool, or what such a tool did, is left out.
	 * @param holder what has it
	 * @throws RejectedRequestException if the request is refused for it
	 */
	void addHosted(RequestField holder) {
		String type = Omissions.printable(holder.get("type").text());
		if (this.hostedTools == HostedTools.REJECT) {
			throw new RejectedRequestException(GatewayError.invalid("unsupported_tool", holder.path(), "'"
					+ holder.path() + "' is not supported here: providers run '" + type
					+ "' themselves, and another provider could not go on with it. Leave it out, or use a tool of the type 'function' or 'custom'."));
		}
		add(type);
	}

	Omissions omissions() {
		return this.omissions;
	}

}
