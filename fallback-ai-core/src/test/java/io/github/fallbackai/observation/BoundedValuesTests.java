// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedValuesTests {

	private final BoundedValues values = new BoundedValues();

	@Test
	void letsFewValuesThrough() {
		assertThat(this.values.of("search")).isEqualTo("search");
		assertThat(this.values.of("chat")).isEqualTo("chat");
		assertThat(this.values.of(null)).isEqualTo("none");
		assertThat(this.values.of(" ")).isEqualTo("none");
	}

	@Test
	void callsAllFurtherValuesOther() {
		String first = this.values.of("value-0");
		assertThat(IntStream.range(0, 10_000).mapToObj((number) -> this.values.of("value-" + number)).distinct())
			.hasSize(101)
			.contains("other");
		assertThat(this.values.of("value-0")).isEqualTo(first);
	}

	@Test
	void refusesLongValues() {
		String longOne = IntStream.range(0, 101).mapToObj((number) -> "x").collect(Collectors.joining());
		assertThat(this.values.of(longOne)).isEqualTo("other");
	}

}
