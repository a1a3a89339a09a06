// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.failure.Need;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that endpoints refuse as such, and the need of a request that has them.
 */
public final class Parameters {

	/**
	 * Codes of servers that do not take a parameter, or not this value of it: OpenAI,
	 * error codes; Pydantic, which servers in Python use to validate.
	 */
	private static final Set<String> REFUSALS = Set.of("unsupported_value", "unsupported_parameter",
			"unknown_parameter", "unsupported_param", "extra_forbidden", "value_error.extra");

	/** By name at the top of the request, without underscores, in lower case. */
	private static final Map<String, Need> NEEDS = new HashMap<>();

	static {
		needs(Need.STREAMING, "stream");
		needs(Need.TOOLS, "tools", "functions", "functioncall", "toolconfig");
		needs(Need.JSON_SCHEMA, "responseformat", "outputconfig", "outputformat", "responsemimetype",
				"responsejsonschema", "responseschema");
		needs(Need.AUDIO, "audio", "modalities");
	}

	private Parameters() {
	}

	/** Whether a code says that a parameter is refused as such. */
	public static boolean refusedBy(String code) {
		return REFUSALS.contains(code.toLowerCase(Locale.ROOT));
	}

	/**
	 * The need of a request that has a parameter.
	 * @param path name of the parameter, or a path into it
	 * @return the need, {@code null} if it is not known, as of a message
	 */
	public static @Nullable Need need(String path) {
		int end = 0;
		while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
			end++;
		}
		String name = path.substring(0, end).toLowerCase(Locale.ROOT).replace("_", "");
		if (name.isEmpty() || name.equals("messages") || name.equals("contents") || name.equals("model")) {
			return null;
		}
		return NEEDS.getOrDefault(name, Need.PARAMETER);
	}

	private static void needs(Need need, String... names) {
		for (String name : names) {
			NEEDS.put(name, need);
		}
	}

}
