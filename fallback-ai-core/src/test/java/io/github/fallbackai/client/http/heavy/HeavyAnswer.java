// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.heavy;

import java.nio.charset.StandardCharsets;

/**
 * Answers of a few bytes less than are read, each of which would become something much
 * larger, or take much longer to read, than its bytes suggest.
 */
enum HeavyAnswer {

	EMPTY_CHOICES("openai", "{\"choices\":[", "{},", "{}]}"),

	EMPTY_OBJECTS("openai", "{\"choices\":[],\"x\":[", "{},", "{}]}"),

	LISTS("openai", "[", "[],", "[]]"),

	DEEP_LISTS("openai", "{\"choices\":", "[", "]}"),

	DEEP_OBJECTS("openai", "{\"choices\":", "{\"a\":", "1}"),

	MEMBERS("openai", "{", "\"x\":1,", "\"choices\":[]}"),

	NUMBERS("openai", "{\"choices\":[", "1,", "1]}"),

	LONG_NUMBER("openai", "{\"created\":1", "1", ",\"choices\":[]}"),

	LONG_FRACTION("openai", "{\"created\":1.", "1", ",\"choices\":[]}"),

	LONG_NAME("openai", "{\"", "x", "\":1}"),

	PARTS("openai", "{\"choices\":[{\"message\":{\"content\":[", "{\"text\":\"a\"},", "{\"text\":\"a\"}]}}]}"),

	TOOL_CALLS("openai", "{\"choices\":[{\"message\":{\"tool_calls\":[",
			"{\"id\":\"1\",\"function\":{\"name\":\"f\"}},", "{\"id\":\"1\"}]}}]}"),

	TOOL_ID("openai", "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"", "i",
			"\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}"),

	FINISH_REASON("openai", "{\"choices\":[{\"message\":{},\"finish_reason\":\"", "max_", "\"}]}"),

	ERROR_DETAILS("openai", "{\"error\":{\"message\":\"no\",\"details\":[", "{\"@type\":\"a\"},", "{}]}}"),

	ERROR_MESSAGE("openai", "{\"error\":{\"code\":\"", "c", "\",\"message\":\"no\"}}"),

	LINES("openai", "{", "\n", ""),

	UNFINISHED("openai", "{\"choices\":[{\"message\":{\"content\":\"", "x", ""),

	BLOCKS("anthropic", "{\"type\":\"message\",\"content\":[", "{\"type\":\"text\",\"text\":\"a\"},",
			"{\"type\":\"text\",\"text\":\"a\"}]}"),

	TOOL_BLOCKS("anthropic", "{\"type\":\"message\",\"content\":[",
			"{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\"},", "{\"type\":\"text\"}]}"),

	TOOL_INPUT("anthropic",
			"{\"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\",\"input\":{\"a\":[",
			"[],", "[]]}}],\"stop_reason\":\"tool_use\"}"),

	CANDIDATES("gemini", "{\"candidates\":[{\"content\":{\"parts\":[", "{\"text\":\"a\"},", "{\"text\":\"a\"}]}}]}"),

	RESPONSES("gemini", "[", "{\"candidates\":[]},", "{\"candidates\":[]}]"),

	CALLS("gemini", "{\"candidates\":[{\"content\":{\"parts\":[", "{\"functionCall\":{\"name\":\"f\"}},", "{}]}}]}"),

	EVENTS_OF_LISTS("openai", "", "data: {\"choices\":[" + "[],".repeat(300_000) + "[]]}\n\n", ""),

	DEEP_EVENTS("openai", "", "data: " + "[".repeat(1_000_000) + "\n\n", ""),

	TINY_EVENTS("openai", "", "data:\n\n", ""),

	EMPTY_EVENTS("openai", "", "data:{}\n\n", ""),

	COMMENTS("openai", "", ":\n\n", ""),

	BLANK_LINES("openai", "data: {}\n", "\n", ""),

	LINES_OF_DATA("openai", "", "data:\n", ""),

	EVENT_NAME("openai", "event: ", "x", "\n\n"),

	TOOL_CALL_EVENTS("openai", "", "data: {\"choices\":[{\"delta\":{\"tool_calls\":["
			+ "{\"id\":\"a\",\"function\":{\"name\":\"f\"}},{\"id\":\"b\",\"function\":{\"name\":\"f\"}}]}}]}\n\n", ""),

	TOOL_INDICES("anthropic", "",
			"data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\"}}\n\n"
					+ "data: {\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"b\"}}\n\n",
			""),

	CUT_AGAIN_AND_AGAIN("openai",
			"data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"{"
					+ " ".repeat(900_000) + "\"}}]}}]}\n\n",
			"data: {\"choices\":[{\"finish_reason\":\"length\"}]}\n\ndata: {\"choices\":[{\"finish_reason\":\"max_tokens\"}]}\n\n",
			""),

	THOUGHTS("gemini", "", "data: {\"candidates\":[{\"content\":{\"parts\":[{\"thought\":true,\"text\":\"a\"}]}}]}\n\n",
			""),

	PER_TOKEN("openai",
			"{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"Hi\"},"
					+ "\"finish_reason\":\"stop\",\"logprobs\":{\"content\":[",
			"{\"token\":\"a\",\"logprob\":-0.1,\"bytes\":[97],\"top_logprobs\":[]},", "{}]}}]}"),

	TEXT("openai", "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"",
			"text and ", "\"}}]}"),

	ESCAPES("openai",
			"{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"",
			"\\u00e4\\n", "\"}}]}"),

	NOTES("openai",
			"{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"Hi\","
					+ "\"annotations\":[{\"type\":\"a\",\"title\":\"",
			"x", "\"}]}}]}");

	/** Less than {@code limits.response}. */
	static final int SIZE = 31 * 1024 * 1024;

	private final String provider;

	private final String begin;

	private final String again;

	private final String end;

	HeavyAnswer(String provider, String begin, String again, String end) {
		this.provider = provider;
		this.begin = begin;
		this.again = again;
		this.end = end;
	}

	/** Who writes it. */
	String provider() {
		return this.provider;
	}

	/** Whether it is an answer although it is heavy. */
	boolean answers() {
		return ordinal() >= PER_TOKEN.ordinal();
	}

	/** Whether it says that it is a stream. */
	boolean stream() {
		return ordinal() >= EVENTS_OF_LISTS.ordinal() && !answers();
	}

	byte[] begin() {
		return this.begin.getBytes(StandardCharsets.UTF_8);
	}

	/** What is repeated, at least some kilobytes of it. */
	byte[] again() {
		return this.again.repeat(1 + 16_000 / this.again.length()).getBytes(StandardCharsets.UTF_8);
	}

	byte[] end() {
		return this.end.getBytes(StandardCharsets.UTF_8);
	}

}
