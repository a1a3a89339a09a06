// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fallbackai.chat.ToolCall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call is whole if a parser says that its arguments are an object, wherever they were
 * cut.
 */
class ToolCallPartsTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", " {\"a\":1} ", "{\"a\":{\"b\":[{}]}}", "{\"a\":\"}{][\\\"\\\\\"}",
			"{\"a\":\"\u2028\"}\n\n", "{}}", "{}{}", "{]", "[{}]", "{\"a\":1", "{\"a\":\"\\", "{\"a\"}", "\"{}\"", "1",
			"nul", "{}null", "{'a':1}", "{\"a\":[}]" })
	void isWholeWhenAParserSaysSo(String arguments) {
		boolean object = ProviderJson.read(arguments) != null && ProviderJson.read(arguments).isObject();
		for (int size = 1; size <= arguments.length(); size++) {
			ToolCallParts call = new ToolCallParts("id", "name");
			for (int from = 0; from < arguments.length(); from += size) {
				call.addArguments(
						TextNode.valueOf(arguments.substring(from, Math.min(from + size, arguments.length()))));
				call.whole();
			}
			assertThat(call.hasWholeArguments()).as("in pieces of %d", size).isEqualTo(object);
			ToolCall whole = call.whole();
			assertThat(whole != null).isEqualTo(object);
			assertThat((whole != null) ? whole.arguments().strip() : arguments.strip()).isEqualTo(arguments.strip());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "\n null " })
	void missingArgumentsAreAnEmptyObject(String arguments) {
		ToolCallParts call = new ToolCallParts("id", "name");
		call.addArguments(TextNode.valueOf(arguments));
		assertThat(call.whole()).isEqualTo(new ToolCall("id", "name", "{}"));
		assertThat(call.hasWholeArguments()).isFalse();
	}

}
