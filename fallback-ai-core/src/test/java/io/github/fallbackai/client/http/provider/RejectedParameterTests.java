// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.fallbackai.client.http.wire.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RejectedParameter}.
 */
class RejectedParameterTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					temperature    | {"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}
					logit_bias     | {"error":{"message":"No.","type":"invalid_request_error","param":"logit_bias.50256","code":"unsupported_parameter"}}
					messages       | {"error":{"message":"No.","param":"messages[0].role","code":"unsupported_value"}}
					top_k          | {"error":{"message":"Unknown parameter: 'top_k'.","param":"top_k","code":"unknown_parameter"}}
					max_tokens     | {"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model.","param":null,"code":null}}
					stream_options | {"error":{"message":"Unrecognized request argument supplied: stream_options","type":"invalid_request_error","param":null,"code":null}}
					stream_options | {"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted","input":{"include_usage":true}}]}
					seed           | {"detail":[{"type":"missing","loc":["body","x"]},{"type":"extra_forbidden","loc":["seed"],"msg":"no"}]}
					seed           | {"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","seed"]}]},"type":"invalid_request_error"}
					seed           | {"type":"error","error":{"type":"invalid_request_error","message":"seed: Extra inputs are not permitted"}}
					temperature    | {"type":"error","error":{"type":"invalid_request_error","message":"`temperature` is deprecated for this model."}}
					topK           | [{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \\"topK\\": Cannot find field.","status":"INVALID_ARGUMENT"}}]
					seed           | {"error":{"message":"json: unknown field \\"seed\\"","type":"invalid_request_error"}}
					seed           | Failed to deserialize the JSON body into the target type: unknown field `seed`, expected one of `model`
					seed           | "Failed to deserialize the JSON body into the target type: unknown field `seed`"
					seed           | {"error":"Input validation error: unknown field `seed`","error_type":"validation"}
					seed           | {"error":{"message":"seed is not supported","param":"seed","code":"invalid_parameter"}}
					seed           | {"error":{"message":"property 'seed' is unsupported","type":"invalid_request_error"}}
					seed           | {"error":{"message":"'seed' : additional property is not allowed"}}
					seed           | {"error":{"message":"The parameter seed is not supported by this model."}}
					seed           | {"object":"error","message":"[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra inputs are not permitted', 'input': 1}]","code":400}
					seed           | {"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}
					seed           | {"detail":"1 validation error for Request\\nseed\\n  Extra inputs are not permitted [type=extra_forbidden]"}
					stream_options | {"error":{"message":"Invalid parameter: stream_options","param":"stream_options","code":null}}
					stream_options | {"error":{"message":"No.","param":"stream_options.include_usage","code":null}}
					stream_options | {"error":{"message":"You sent stream_options, which I do not like."}}
					stream_options | I do not like stream_options.
					""")
	void findsTheParameterInEveryShape(String expected, String body) {
		assertThat(in(400, body)).contains(expected);
		assertThat(in(422, body)).contains(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no json", "[]", "{}", "<html>", "{\"error\":\"Bad Request\"}",
			"{\"error\":{\"message\":\"Invalid value for temperature\",\"param\":\"temperature\",\"code\":\"invalid_value\"}}",
			"{\"error\":{\"code\":\"unsupported_value\",\"param\":null}}",
			"{\"error\":{\"code\":\"unsupported_value\"}}", "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[]}]}",
			"{\"detail\":[{\"type\":\"extra_forbidden\"}]}",
			"{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"model\"]}]}", "{\"detail\":\"seed\"}",
			"{\"error\":{\"message\":\"'seed' must be a number, which 'x' is not\",\"param\":\"seed\"}}",
			"{\"error\":{\"message\":\"The user is not allowed to do this\"}}",
			"{\"error\":{\"message\":\"No.\"},\"request\":{\"stream_options\":{\"include_usage\":true}}}" })
	void findsNothingElsewhere(String body) {
		assertThat(in(400, body)).isEmpty();
	}

	@Test
	void doesNotTakeLongForALongMessage() {
		for (String part : List.of("a", "'a", "is ", "unknown, ", "field a ", "('body', 'a'")) {
			String message = part.repeat(10_000);
			assertThat(in(400, "{\"error\":{\"message\":\"" + message + "\"}}")).isEmpty();
			assertThat(in(400, message)).isEmpty();
		}
	}

	private static Optional<String> in(int status, String body) {
		return RejectedParameter
			.in(RefusalText.of(new ResponseHead(status, Map.of()), body.getBytes(StandardCharsets.UTF_8)));
	}

}
