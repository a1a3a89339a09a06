// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.autoconfigure.properties.ParametersProperties;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.Parameters;

/**
 * Turns bound parameters into values of JSON. Spring Boot returns a list as a map with
 * numbers as keys, and all values that do not come from YAML as text. A text that is JSON
 * is read as JSON, so a text in quotation marks stays a text.
 */
final class ParameterValues {

	private ParameterValues() {
	}

	static Parameters of(ParametersProperties properties) {
		return new Parameters(object(properties.getDefault()), object(properties.getSet()), properties.getDrop());
	}

	private static Map<String, Object> object(Map<?, ?> bound) {
		Map<String, Object> values = new LinkedHashMap<>();
		bound.forEach((name, value) -> values.put(String.valueOf(name), value(value)));
		return values;
	}

	private static Object value(Object bound) {
		if (bound instanceof Map<?, ?> members) {
			return isList(members) ? list(members) : object(members);
		}
		if (bound instanceof String text) {
			JsonNode json = ProviderJson.read(text);
			return (json != null) ? json : text;
		}
		return bound;
	}

	private static boolean isList(Map<?, ?> members) {
		for (int i = 0; i < members.size(); i++) {
			if (!members.containsKey(String.valueOf(i))) {
				return false;
			}
		}
		return !members.isEmpty();
	}

	private static List<Object> list(Map<?, ?> members) {
		List<Object> list = new ArrayList<>();
		for (int i = 0; i < members.size(); i++) {
			Object element = members.get(String.valueOf(i));
			if (element != null) {
				list.add(value(element));
			}
		}
		return list;
	}

}
