// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.verdict;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamedFaultTests {

	@Test
	void aStreamIsCutAfterEachToken() {
		assertThat(cuts(60)).hasSize(59)
			.startsWith("cut after 1 token", "cut after 2 tokens")
			.endsWith("cut after 59 tokens");
		assertThat(cuts(1)).hasSize(19);
	}

	@Test
	void aLongAnswerIsCutAtTwoHundredPlacesAndAtItsEnd() {
		for (int tokens : new int[] { 101, 102, 150, 200, 201, 250, 1000, 20_000 }) {
			assertThat(cuts(tokens)).as(tokens + " tokens")
				.hasSizeBetween(100, 202)
				.doesNotHaveDuplicates()
				.contains("cut after 100 tokens")
				.endsWith("cut after " + (tokens - 1) + " tokens");
		}
	}

	private static List<String> cuts(int tokens) {
		String text = IntStream.range(0, tokens).mapToObj((word) -> "w" + word).collect(Collectors.joining(" "));
		return NamedFault.all(true, text)
			.stream()
			.map(NamedFault::name)
			.filter((name) -> name.startsWith("cut after ") && !name.equals("cut after 0 tokens"))
			.toList();
	}

}
