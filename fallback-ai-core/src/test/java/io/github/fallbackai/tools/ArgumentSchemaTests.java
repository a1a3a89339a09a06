// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ArgumentSchemaTests {

	private static final String SCHEMA = """
			{"type": "object",
			 "properties": {
			   "city": {"type": "string"},
			   "days": {"type": "integer"},
			   "unit": {"enum": ["C", "F", 1]},
			   "note": {"type": ["string", "null"]},
			   "exact": {"type": "boolean"},
			   "share": {"type": "number"},
			   "nothing": {"type": "null"},
			   "future": {"type": "tensor"},
			   "spots": {"type": "array", "items": {"type": "object", "required": ["lat"],
			       "properties": {"lat": {"type": "number"}}}},
			   "labels": {"type": "object", "additionalProperties": {"type": "string"}}
			 },
			 "required": ["city"],
			 "additionalProperties": false}""";

	@ParameterizedTest
	@ValueSource(strings = { "{\"city\":\"Rome\"}", "{\"city\":\"\",\"days\":3}", "{\"city\":\"a\",\"days\":3.0}",
			"{\"city\":\"a\",\"days\":1e999999999}", "{\"city\":\"a\",\"unit\":\"F\"}", "{\"city\":\"a\",\"unit\":1.0}",
			"{\"city\":\"a\",\"note\":null}", "{\"city\":\"a\",\"spots\":[]}", "{\"city\":\"a\",\"future\":[1]}",
			"{\"city\":\"a\",\"spots\":[{\"lat\":1,\"other\":2}],\"labels\":{\"x\":\"y\"}}",
			"{\"city\":\"a\",\"exact\":true,\"share\":0.5,\"nothing\":null}" })
	void fits(String arguments) {
		assertThat(problems(SCHEMA, arguments)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | city: missing", "{\"city\":7} | city: a number (expected: string)",
					"{\"city\":\"a\",\"days\":\"3\"} | days: a string (expected: integer)",
					"{\"city\":\"a\",\"days\":3.5} | days: a number (expected: integer)",
					"{\"city\":\"a\",\"days\":1e-999999999} | days: a number (expected: integer)",
					"{\"city\":\"a\",\"unit\":\"K\"} | unit: not one of [\"C\",\"F\",1]",
					"{\"city\":\"a\",\"note\":{}} | note: an object (expected: [\"string\",\"null\"])",
					"{\"city\":\"a\",\"exact\":null} | exact: null (expected: boolean)",
					"{\"city\":\"a\",\"share\":true} | share: a boolean (expected: number)",
					"{\"city\":\"a\",\"nothing\":[]} | nothing: an array (expected: null)",
					"{\"city\":\"a\",\"town\":1} | town: not known",
					"{\"city\":\"a\",\"spots\":[{\"lat\":1},{}]} | spots[1].lat: missing",
					"{\"city\":\"a\",\"spots\":{}} | spots: an object (expected: array)",
					"{\"city\":\"a\",\"labels\":{\"x\":1}} | labels.x: a number (expected: string)" })
	void saysWhatDoesNotFit(String arguments, String problem) {
		assertThat(problems(SCHEMA, arguments)).containsExactly(problem);
	}

	@Test
	void saysAFewThingsOnly() {
		StringBuilder arguments = new StringBuilder("{\"city\":\"a\"");
		for (int index = 0; index < 1000; index++) {
			arguments.append(",\"").append("n".repeat(1000)).append(index).append("\":1");
		}
		List<String> problems = problems(SCHEMA, arguments.append('}').toString());
		assertThat(problems).hasSize(5).allMatch((problem) -> problem.length() < 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"anyOf\":[{\"type\":\"string\"}]}", "{\"$ref\":\"#/$defs/x\"}",
			"{\"additionalProperties\":true}" })
	void permitsWhatItDoesNotKnow(String schema) {
		assertThat(problems(schema, "{\"a\":1}")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "\"a\"", "1", "{", "{} {}", "{'a':1}" })
	void argumentsAreAnObject(String arguments) {
		assertThat(ArgumentJson.object(arguments)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " \n", "{}", " {\"a\":1} " })
	void nothingIsAnEmptyObject(String arguments) {
		assertThat(ArgumentJson.object(arguments)).isNotNull();
	}

	private static List<String> problems(String schema, String arguments) {
		return new ArgumentSchema(ArgumentJson.object(schema)).problems(ArgumentJson.object(arguments));
	}

}
