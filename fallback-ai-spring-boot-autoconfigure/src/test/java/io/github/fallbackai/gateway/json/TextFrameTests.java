// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextFrameTests {

	private static final UnaryOperator<String> WRITE = (text) -> {
		ObjectNode json = GatewayJson.object().put("model", "a \"-the-text-\" of its own");
		json.putObject("delta").put("content", text);
		return "data: " + GatewayJson.text(json.put("last", 1)) + "\n\n";
	};

	private final TextFrame frame = TextFrame.of(WRITE);

	@Test
	void writesEachCharacterAsJacksonDoes() {
		for (int character = 0; character <= Character.MAX_VALUE; character++) {
			String text = "a" + (char) character + "b";
			assertThat(written(text)).isEqualTo(WRITE.apply(text));
		}
	}

	@Test
	void writesWhatIsLongAndWhatIsEmpty() {
		assertThat(written("")).isEqualTo(WRITE.apply(""));
		String text = "Tschüß \"\\\n\t\u0001\uD83D\uDE00 -the-text- ".repeat(5000);
		assertThat(written(text)).isEqualTo(WRITE.apply(text));
	}

	private String written(String text) {
		StringBuilder frames = new StringBuilder();
		this.frame.write(text, frames);
		return frames.toString();
	}

}
