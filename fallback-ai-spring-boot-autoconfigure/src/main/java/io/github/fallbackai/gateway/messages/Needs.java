// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.EnumSet;
import java.util.Set;

import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.EndpointNeed;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.json.Neutral;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * What of a request cannot be said to endpoints that do not speak this API: some of it is
 * left out there, some has to be understood. Belongs to one request.
 */
final class Needs {

	private static final Set<ApiKind> OWN = Set.of(ApiKind.ANTHROPIC);

	private final Omissions omissions = new Omissions();

	private @Nullable EndpointNeed need;

	/** A hint that other endpoints do not get. */
	void leftOut(String name) {
		leftOut(name, Set.of());
	}

	/**
	 * The same for one that some of the others get.
	 * @param name what it is
	 * @param others who gets it, besides endpoints of this API
	 */
	void leftOut(String name, Set<ApiKind> others) {
		Set<ApiKind> readers = EnumSet.copyOf(OWN);
		readers.addAll(others);
		this.omissions.onlyFor(name, readers);
	}

	/**
	 * Members of an object that other endpoints do not get.
	 * @param holder the object
	 * @param known the members that they get
	 * @param prefix what the names begin with
	 */
	void unknownMembers(RequestField holder, Set<String> known, String prefix) {
		holder.value().properties().forEach((member) -> {
			if (!known.contains(member.getKey()) && !Neutral.is(member.getValue())) {
				leftOut(prefix + member.getKey());
			}
		});
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
	Omissions omissions() {
		return this.omissions;
	}

}
