// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts from outside are read as Jackson reads them, up to a number of values.
 */
class ProviderJsonTests {

	private static final JsonMapper REFERENCE = new JsonMapper();

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "9007199254740993", "123456789012345678901234567890", "1.5", "1e999", "-0.0",
			"true", "false", "null", "\"\"", "\"\\u00e4\\n\\ud83d\\ude00\"", "[]", "{}", " [ 1 , [ ] , { } ] ",
			"{\"a\":1,\"a\":[2]}", "{\"a\":{\"b\":[{\"c\":null},true]},\"d\":\"e\"}", "[[[[1]],2],3]",
			"{\"\":{\"\":{}}}" })
	void readsWhatJacksonReads(String text) throws IOException {
		JsonNode expected = REFERENCE.readTree(text);
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		assertThat(ProviderJson.read(text)).isEqualTo(expected);
		assertThat(ProviderJson.read(bytes)).isEqualTo(expected);
		assertThat(ProviderJson.readAnswer(text)).isEqualTo(expected);
		assertThat(ProviderJson.readAnswer(bytes)).isEqualTo(expected);
		assertThat(ProviderJson.isObject(text)).isEqualTo(expected.isObject());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "[1", "{}{}", "[] 1", "]", "{\"a\"}", "{a:1}", "nul", "'a'", "[1,]", "01",
			"\"\n\"" })
	void readsNothingElse(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		assertThat(ProviderJson.read(text)).isNull();
		assertThat(ProviderJson.read(bytes)).isNull();
		assertThat(ProviderJson.readAnswer(text)).isNull();
		assertThat(ProviderJson.readAnswer(bytes)).isNull();
		assertThat(ProviderJson.readRequest(bytes)).isNull();
		assertThat(ProviderJson.isObject(text)).isFalse();
	}

	@ParameterizedTest
	@MethodSource
	void readsNoMoreValuesThanAnyAnswerHas(String begin, String again, String end) {
		String text = begin + again.repeat(JsonTree.MOST) + end;
		assertThat(ProviderJson.read(text)).isNull();
		assertThat(ProviderJson.readAnswer(text.getBytes(StandardCharsets.UTF_8))).isNull();
		assertThat(ProviderJson.readRequest(("{\"a\":" + text + "}").getBytes(StandardCharsets.UTF_8))).isNotNull();
	}

	static Stream<String[]> readsNoMoreValuesThanAnyAnswerHas() {
		return Stream.of(new String[] { "[", "1,", "1]" }, new String[] { "[", "[],", "[]]" },
				new String[] { "{", "\"a\":1,", "\"b\":1}" });
	}

	@Test
	void readsAsManyValuesAsAnyAnswerHas() {
		// The list itself is one.
		String text = "[" + "1,".repeat(JsonTree.MOST - 2) + "1]";
		assertThat(ProviderJson.read(text)).hasSize(JsonTree.MOST - 1);
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"{\"choices\":[{\"logprobs\":%s,\"message\":{\"content\":\"Hi\"}}],\"prompt_logprobs\":%s,\"prompt_token_ids\":%s}",
			"{\"candidates\":[{\"content\":{},\"logprobsResult\":%s,\"finishReason\":\"STOP\"}]}" })
	void skipsWhatAnAnswerSaysAboutEachToken(String answer) {
		String many = "[" + "1,".repeat(JsonTree.MOST) + "1]";
		JsonNode read = ProviderJson.readAnswer(answer.replace("%s", many));
		assertThat(read).isEqualTo(ProviderJson.readAnswer(answer.replace("%s", "null")));
		assertThat(read.toString()).doesNotContain("logprobs", "token_ids");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"content\":[{\"input\":{\"logprobs\":1}}]}",
			"{\"content_block\":{\"input\":{\"logprobs\":1}}}",
			"{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"args\":{\"token_ids\":1}}}]}}]}" })
	void skipsNothingOfAToolCall(String answer) {
		assertThat(ProviderJson.readAnswer(answer)).hasToString(answer);
	}

	@Test
	void skipsNothingElsewhere() {
		String text = "{\"logprobs\":1,\"choices\":[{\"logprobs\":2}]}";
		assertThat(ProviderJson.read(text)).hasToString(text);
	}

	@Test
	void keepsALargeNumber() {
		assertThat(ProviderJson.read("9".repeat(900)).bigIntegerValue()).isEqualTo(new BigInteger("9".repeat(900)));
		assertThat(ProviderJson.read("9".repeat(2000))).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 99, 100, 101, 10_000 })
	void readsNamesOfAnyLength(int length) {
		String name = "n".repeat(length);
		for (int repetition = 0; repetition < 3; repetition++) {
			byte[] text = ("{\"" + name + "\":1}").getBytes(StandardCharsets.UTF_8);
			JsonNode json = ProviderJson.read(text);
			assertThat(json).isNotNull();
			assertThat(json.get(name).asInt()).isEqualTo(1);
		}
	}

	@Test
	void readsMoreNamesThanItKeeps() {
		for (int number = 0; number < 20_000; number++) {
			String name = "name-" + number;
			JsonNode json = ProviderJson.read(("{\"" + name + "\":" + number + "}").getBytes(StandardCharsets.UTF_8));
			assertThat(json).isNotNull();
			assertThat(json.get(name).asInt()).isEqualTo(number);
		}
	}

}
