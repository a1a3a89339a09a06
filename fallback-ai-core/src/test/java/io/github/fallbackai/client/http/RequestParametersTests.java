// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Parameters;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RequestParameters}.
 */
class RequestParametersTests {

	@Test
	void leavesTheBodyAloneWithoutParameters() {
		WireRequest request = request("{ \"a\" : 1 }");
		assertThat(new RequestParameters(new OpenAiDialect()).apply(request, Parameters.NONE, List.of()))
			.isSameAs(request);
	}

	@Test
	void aSetParameterWinsOverTheRequestAndTheRequestOverADefault() {
		Parameters parameters = new Parameters(Map.of("temperature", 0.1, "top_p", 0.2), Map.of("seed", 7), Set.of());
		assertThat(apply("{\"temperature\":0.9,\"seed\":1}", parameters))
			.isEqualTo("{\"temperature\":0.9,\"seed\":7,\"top_p\":0.2}");
	}

	@Test
	void dropsLastWhateverSetAParameter() {
		Parameters parameters = new Parameters(Map.of("a", 1), Map.of("b", 2), Set.of("a", "b", "c", "d"));
		assertThat(apply("{\"c\":3,\"e\":5}", parameters)).isEqualTo("{\"e\":5}");
	}

	@Test
	void mergesObjectsMemberByMember() {
		Parameters parameters = new Parameters(Map.of("o", Map.of("a", 1, "b", 1)),
				Map.of("o", Map.of("c", Map.of("d", 2))), Set.of());
		assertThat(apply("{\"o\":{\"a\":0,\"c\":{\"d\":0,\"e\":0}}}", parameters))
			.isEqualTo("{\"o\":{\"a\":0,\"c\":{\"d\":2,\"e\":0},\"b\":1}}");
	}

	@Test
	void replacesWhatIsNoObjectOnBothSides() {
		Parameters parameters = new Parameters(Map.of(), Map.of("stop", List.of("x"), "user", "u", "o", 1), Set.of());
		assertThat(apply("{\"stop\":[\"a\",\"b\"],\"user\":{\"id\":1},\"o\":{}}", parameters))
			.isEqualTo("{\"stop\":[\"x\"],\"user\":\"u\",\"o\":1}");
	}

	@Test
	void aNullIsAValue() {
		Parameters parameters = new Parameters(Map.of("a", 1), Collections.singletonMap("b", null), Set.of());
		assertThat(apply("{\"a\":null,\"b\":2}", parameters)).isEqualTo("{\"a\":null,\"b\":null}");
	}

	@Test
	void leavesOutWhatWasRefusedAlsoIfItIsConfigured() {
		WireRequest applied = new RequestParameters(new OpenAiDialect()).apply(request("{\"a\":1,\"seed\":1}"),
				new Parameters(Map.of(), Map.of("top_k", 5), Set.of()), without("seed", "top_k"));
		assertThat(text(applied)).isEqualTo("{\"a\":1}");
	}

	@Test
	void keepsTheLimitOfTokensUnderTheNameThatWasNotRefused() {
		assertThat(text(new RequestParameters(new OpenAiDialect()).apply(request("{\"max_tokens\":9}"), Parameters.NONE,
				without("max_tokens"))))
			.isEqualTo("{\"max_completion_tokens\":9}");
		assertThat(text(new RequestParameters(new OpenAiDialect()).apply(request("{\"max_completion_tokens\":9}"),
				Parameters.NONE, without("max_completion_tokens"))))
			.isEqualTo("{\"max_tokens\":9}");
		assertThat(text(new RequestParameters(new OpenAiDialect()).apply(request("{\"max_tokens\":9}"), Parameters.NONE,
				without("max_completion_tokens", "max_tokens"))))
			.isEqualTo("{}");
	}

	@Test
	void leavesABodyAloneThatIsNoObject() {
		Parameters parameters = new Parameters(Map.of("a", 1), Map.of(), Set.of());
		assertThat(apply("[1]", parameters)).isEqualTo("[1]");
		assertThat(apply("no json", parameters)).isEqualTo("no json");
	}

	private static String apply(String body, Parameters parameters) {
		return text(new RequestParameters(new OpenAiDialect()).apply(request(body), parameters, List.of()));
	}

	private static List<Correction> without(String... names) {
		return Stream.of(names).<Correction>map(Correction.LeaveOut::new).toList();
	}

	private static WireRequest request(String body) {
		return new WireRequest(URI.create("https://example.org"), Map.of(), body.getBytes(StandardCharsets.UTF_8),
				Duration.ofSeconds(1));
	}

	private static String text(WireRequest request) {
		return new String(request.body(), StandardCharsets.UTF_8);
	}

}
