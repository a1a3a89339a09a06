// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.fallbackai.chat.ProviderState;
import org.junit.jupiter.api.Test;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

class KeptMetadataTests {

	/** OpenAI's model of Spring AI 2 keeps Google's signatures of tool calls so. */
	@Test
	void mapsComeBack() {
		Map<String, Object> nothing = new HashMap<>();
		nothing.put("none", null);
		Map<String, Object> metadata = Map.of("openai.tool_calls.additional_properties",
				Map.of("call-1", "{\"extra_content\":{\"google\":{\"thought_signature\":\"c2ln\"}}}"), "deep",
				List.of(Map.of("list", List.of(1, true, "three"), "map", Map.of())), "nothing", nothing);
		assertThat(kept(metadata)).isEqualTo(metadata);
	}

	@Test
	void bytesComeBackWhereverTheyAre() {
		byte[] bytes = { 1, -2, 3 };
		Map<String, Object> kept = kept(Map.of("signature", bytes, "all", List.of(bytes), "named", Map.of("a", bytes)));
		assertThat(kept.get("signature")).isEqualTo(bytes);
		assertThat((List<?>) kept.get("all")).first().isEqualTo(bytes);
		assertThat(((Map<?, ?>) kept.get("named")).get("a")).isEqualTo(bytes);
	}

	/** Only bytes are read as bytes. */
	@Test
	void aMapThatLooksLikeBytesStaysAMap() {
		Map<String, Object> metadata = Map.of("one", Map.of("@bytes", "AQID"), "no-base64", Map.of("@bytes", "?"),
				"two", Map.of("@bytes", "AQID", "more", 1), "escaped", Map.of("@map", Map.of("@bytes", "AQID")),
				"twice", Map.of("@map", Map.of("@map", Map.of("a", "b"))));
		assertThat(kept(metadata)).isEqualTo(metadata);
	}

	@Test
	void whatHasNoFormInJsonIsLeftOut() {
		Map<String, Object> metadata = new HashMap<>();
		metadata.put("object", Map.of("a", new Object()));
		metadata.put("key", Map.of(1, "a"));
		metadata.put("none", null);
		metadata.put("signature", "s");
		assertThat(kept(metadata)).isEqualTo(Map.of("signature", "s"));
	}

	@Test
	void whatIsTooDeepOrTooLargeIsLeftOut() {
		List<Object> endless = new ArrayList<>();
		endless.add(endless);
		Map<String, Object> large = IntStream.range(0, 20_000).boxed().collect(toMap((i) -> "k" + i, (i) -> i));
		assertThat(kept(Map.of("endless", endless, "large", large, "signature", "s")))
			.isEqualTo(Map.of("signature", "s"));
	}

	private static Map<String, Object> kept(Map<String, Object> metadata) {
		ProviderState state = KeptMetadata.write(metadata);
		return KeptMetadata.read(state, "group");
	}

}
