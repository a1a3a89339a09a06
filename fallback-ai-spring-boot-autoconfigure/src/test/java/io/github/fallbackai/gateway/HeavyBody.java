// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Bodies of a few bytes less than a gateway takes, each of which becomes something else.
 */
enum HeavyBody {

	EMPTY_MESSAGES("{\"model\":\"auto\",\"messages\":[", "{},", "{}]}"),

	SMALL_MESSAGES("{\"model\":\"auto\",\"messages\":[", "{\"role\":\"user\",\"content\":\"\"},",
			"{\"role\":\"user\",\"content\":\"Hi\"}]}"),

	PARTS("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[", "{\"type\":\"text\",\"text\":\"a\"},",
			"{\"type\":\"text\",\"text\":\"a\"}]}]}"),

	TOOLS("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[",
			"{\"type\":\"function\",\"function\":{\"name\":\"f\"}},",
			"{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}"),

	TOOL_CALLS("{\"model\":\"auto\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[",
			"{\"id\":\"1\",\"function\":{\"name\":\"f\"}},", "{\"id\":\"1\",\"function\":{\"name\":\"f\"}}]}]}"),

	SCHEMA("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":"
			+ "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"enum\":[", "1,", "1]}}}]}"),

	DEEP_LISTS("{\"model\":\"auto\",\"messages\":", "[", "]}"),

	DEEP_OBJECTS("{\"model\":\"auto\",\"messages\":", "{\"a\":", "1}"),

	LISTS_OF_LISTS("{\"model\":\"auto\",\"x\":[", "[],", "[]]}"),

	MANY_MEMBERS("{\"model\":\"auto\",", "\"x\":1,", "\"messages\":[]}"),

	STOP("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stop\":[", "\"\",", "\"\"]}"),

	LOGIT_BIAS("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"logit_bias\":{", "\"1\":1,",
			"\"2\":1}}"),

	/** Members with long names, each of which comes once. */
	NAMES("{\"model\":\"auto\",\"messages\":[],\"x\":{", "\"" + "n".repeat(40_000) + "#\":1,", "\"\":1}}"),

	NULLS("{\"model\":\"auto\",\"messages\":[", "null,", "null]}"),

	LONG_TEXT("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"", "text and ", "\"}]}"),

	ONE_WORD("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"", "x", "\"}]}"),

	FOREIGN_TEXT("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"", "\u00e4", "\"}]}"),

	LONG_MODEL("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"model\":\"", "x", "\"}"),

	LONG_LINK("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":"
			+ "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/", "x", "\"}}]}]}"),

	LONG_PARAMETER("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"user\":\"", "x", "\"}"),

	LONG_DESCRIPTION("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":"
			+ "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"", "x", "\"}}]}"),

	LONG_NUMBER("{\"model\":\"auto\",\"n\":", "1", "}"),

	LONG_FRACTION("{\"model\":\"auto\",\"temperature\":0.", "1", "}"),

	LONG_NAME("{\"model\":\"auto\",\"", "x", "\":1,\"messages\":[]}"),

	NO_JSON("", "x", ""),

	UNFINISHED("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"", "x", ""),

	BLANKS("", " ", ""),

	MANY_BLANKS("{\"model\":\"auto\",\"messages\":[", "1," + " ".repeat(1000), "1]}"),

	LONG_NUMBERS("{\"model\":\"auto\",\"messages\":[", "1".repeat(999) + ",", "1]}"),

	ESCAPES("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"", "\\u00e4", "\"}],\"n\":2}"),

	NO_ESCAPES("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"", "\\u", "\"}]}"),

	IMAGE("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":"
			+ "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,", "A", "\"}}]}],\"n\":2}"),

	IMAGES("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[",
			"{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + "A".repeat(3000) + "\"}},",
			"1]}]}"),

	AUDIO("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":"
			+ "[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"", "A", "\"}}]}],\"temperature\":\"hot\"}"),

	/** Nothing of it is too much. */
	LARGEST_TEXT(
			"{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\""
					+ "\u00e4\\n".repeat(3_999_000)
					+ "\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,",
			"A", "\"}}]}],\"n\":2}"),

	RESPONSES_EMPTY_ITEMS("responses", "{\"model\":\"auto\",\"input\":[", "{},", "{}]}"),

	RESPONSES_MESSAGES("responses", "{\"model\":\"auto\",\"input\":[", "{\"role\":\"user\",\"content\":\"\"},",
			"{\"role\":\"user\",\"content\":\"Hi\"}]}"),

	RESPONSES_PARTS("responses", "{\"model\":\"auto\",\"input\":[{\"role\":\"user\",\"content\":[",
			"{\"type\":\"input_text\",\"text\":\"a\"},", "{\"type\":\"input_text\",\"text\":\"a\"}]}]}"),

	RESPONSES_UNKNOWN_ITEMS("responses", "{\"model\":\"auto\",\"input\":[", "{\"type\":\"x\"},", "{\"type\":\"x\"}]}"),

	RESPONSES_REFERENCES("responses", "{\"model\":\"auto\",\"input\":[", "{\"id\":\"a\"},", "{\"id\":\"a\"}]}"),

	RESPONSES_SUMMARIES("responses", "{\"model\":\"auto\",\"input\":[{\"type\":\"reasoning\",\"summary\":[",
			"{\"type\":\"summary_text\",\"text\":\"a\"},", "{\"type\":\"summary_text\",\"text\":\"a\"}]}]}"),

	RESPONSES_TOOLS("responses", "{\"model\":\"auto\",\"input\":\"Hi\",\"tools\":[",
			"{\"type\":\"function\",\"name\":\"f\"},", "{\"type\":\"function\",\"name\":\"f\"}]}"),

	RESPONSES_NAMESPACE("responses",
			"{\"model\":\"auto\",\"input\":\"Hi\",\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[",
			"{\"type\":\"function\",\"name\":\"f\"},", "{\"type\":\"function\",\"name\":\"f\"}]}]}"),

	RESPONSES_INCLUDE("responses", "{\"model\":\"auto\",\"input\":\"Hi\",\"include\":[", "\"\",", "\"\"]}"),

	RESPONSES_METADATA("responses", "{\"model\":\"auto\",\"input\":\"Hi\",\"metadata\":{",
			"\"" + "n".repeat(40_000) + "#\":1,", "\"\":1}}"),

	RESPONSES_DEEP("responses", "{\"model\":\"auto\",\"input\":", "[", "]}"),

	RESPONSES_TEXT("responses", "{\"model\":\"auto\",\"input\":\"", "text and ", "\"}"),

	RESPONSES_REFERENCE("responses", "{\"model\":\"auto\",\"input\":\"Hi\",\"previous_response_id\":\"", "x", "\"}"),

	MESSAGES_EMPTY("messages", "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[", "{},", "{}]}"),

	MESSAGES_BLOCKS("messages", "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[",
			"{\"type\":\"text\",\"text\":\"a\"},", "{\"type\":\"text\",\"text\":\"a\"}]}]}"),

	MESSAGES_UNKNOWN_BLOCKS("messages",
			"{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[", "{\"type\":\"x\"},",
			"{\"type\":\"x\"}]}]}"),

	MESSAGES_SYSTEM("messages", "{\"model\":\"auto\",\"max_tokens\":9,\"system\":[",
			"{\"type\":\"text\",\"text\":\"a\"},",
			"{\"type\":\"text\",\"text\":\"a\"}],\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"),

	MESSAGES_TOOL_RESULTS("messages",
			"{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":"
					+ "[{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[",
			"{\"type\":\"text\",\"text\":\"a\"},", "{\"type\":\"text\",\"text\":\"a\"}]}]}]}"),

	MESSAGES_TOOLS("messages",
			"{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[",
			"{\"name\":\"f\",\"input_schema\":{}},", "{\"name\":\"f\",\"input_schema\":{}}]}"),

	MESSAGES_STOP("messages",
			"{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
					+ "\"stop_sequences\":[",
			"\"\",", "\"\"]}"),

	MESSAGES_TEXT("messages", "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"",
			"text and ", "\"}]}"),

	MESSAGES_DEEP("messages", "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":", "{\"a\":", "1}"),

	COUNTED_TEXT("messages/count_tokens", "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"",
			"text and ", "\"}]}"),

	COUNTED_MESSAGES("messages/count_tokens", "{\"model\":\"auto\",\"messages\":[",
			"{\"role\":\"user\",\"content\":\"a\"},", "{\"role\":\"user\",\"content\":\"a\"}]}"),

	EMBEDDINGS_TEXTS("embeddings", "{\"model\":\"auto\",\"input\":[", "\"a\",", "\"a\"]}"),

	EMBEDDINGS_TOKENS("embeddings", "{\"model\":\"auto\",\"input\":[", "1,", "1]}"),

	EMBEDDINGS_LISTS("embeddings", "{\"model\":\"auto\",\"input\":[", "[1],", "[1]]}"),

	EMBEDDINGS_DEEP("embeddings", "{\"model\":\"auto\",\"input\":", "[", "]}"),

	EMBEDDINGS_TEXT("embeddings", "{\"model\":\"auto\",\"input\":\"", "text and ", "\"}"),

	EMBEDDINGS_MEMBERS("embeddings", "{\"model\":\"auto\",\"input\":\"Hi\",\"x\":{",
			"\"" + "n".repeat(40_000) + "#\":1,", "\"\":1}}");

	static final int SIZE = 19 * 1024 * 1024;

	/** Bodies whose names differ all. */
	private static final Set<HeavyBody> OF_NAMES = EnumSet.of(NAMES, RESPONSES_METADATA, EMBEDDINGS_MEMBERS);

	private final String path;

	private final String begin;

	private final String again;

	private final String end;

	HeavyBody(String begin, String again, String end) {
		this("chat/completions", begin, again, end);
	}

	HeavyBody(String path, String begin, String again, String end) {
		this.path = "/v1/" + path;
		this.begin = begin;
		this.again = again;
		this.end = end;
	}

	/** Where it is sent to. */
	String path() {
		return this.path;
	}

	/**
	 * The body.
	 * @param number number of the client; no two clients send the same names
	 */
	byte[] bytes(int number) {
		byte[] bytes = new byte[SIZE];
		byte[] repeated = this.again.getBytes(StandardCharsets.UTF_8);
		byte[] last = this.end.getBytes(StandardCharsets.UTF_8);
		int position = put(this.begin.getBytes(StandardCharsets.UTF_8), bytes, 0);
		int names = number * SIZE;
		while (position + repeated.length + last.length <= SIZE) {
			int start = position;
			position = put(repeated, bytes, position);
			if (OF_NAMES.contains(this)) {
				byte[] name = Integer.toString(names++).getBytes(StandardCharsets.US_ASCII);
				System.arraycopy(name, 0, bytes, start + 1, name.length);
			}
		}
		position = put(last, bytes, position);
		while (position < SIZE) {
			bytes[position++] = ' ';
		}
		return bytes;
	}

	private static int put(byte[] source, byte[] target, int position) {
		System.arraycopy(source, 0, target, position, source.length);
		return position + source.length;
	}

}
