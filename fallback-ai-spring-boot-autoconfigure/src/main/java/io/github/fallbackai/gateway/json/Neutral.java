// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Values of a parameter that ask for nothing. It does not matter whether an endpoint gets
 * them.
 */
public final class Neutral {

	private Neutral() {
	}

	/** Whether a value is off, zero, empty, or leaves the choice to the server. */
	public static boolean is(JsonNode value) {
		if (value.isContainerNode()) {
			return value.isEmpty();
		}
		if (value.isNumber()) {
			return value.doubleValue() == 0;
		}
		return value.isNull() || value.isMissingNode() || (value.isBoolean() && !value.booleanValue())
				|| "auto".equals(value.textValue());
	}

}
