package io.github.fallbackai.client.http.provider;

import java.nio.charset.StandardCharsets;
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
					""")
	void findsTheParameterInEveryShape(String expected, String body) {
		assertThat(in(400, body)).contains(expected);
		assertThat(in(422, body)).contains(expected);
		assertThat(in(500, body)).isEmpty();
		assertThat(in(401, body)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no json", "[]", "{}", "<html>", "{\"error\":\"Bad Request\"}",
			"{\"error\":{\"message\":\"Invalid value for temperature\",\"param\":\"temperature\",\"code\":\"invalid_value\"}}",
			"{\"error\":{\"code\":\"unsupported_value\",\"param\":null}}",
			"{\"error\":{\"code\":\"unsupported_value\"}}", "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[]}]}",
			"{\"detail\":[{\"type\":\"extra_forbidden\"}]}",
			"{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"model\"]}]}", "{\"detail\":\"seed\"}",
			"{\"error\":{\"message\":\"You wrote: Unrecognized request argument supplied: stream_options\"}}" })
	void findsNothingElsewhere(String body) {
		assertThat(in(400, body)).isEmpty();
	}

	@Test
	void doesNotTakeLongForALongMessage() {
		String message = "a".repeat(60_000);
		assertThat(in(400, "{\"error\":{\"message\":\"" + message + "\"}}")).isEmpty();
	}

	private static Optional<String> in(int status, String body) {
		return RejectedParameter.in(new ResponseHead(status, Map.of()), body.getBytes(StandardCharsets.UTF_8));
	}

}
