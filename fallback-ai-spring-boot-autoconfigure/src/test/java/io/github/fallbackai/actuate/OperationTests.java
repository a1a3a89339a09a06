// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OperationTests {

	@ParameterizedTest
	@CsvSource({ "30m, PT30M", "PT30M, PT30M", "P1D, PT24H", "2h, PT2H", "500ms, PT0.5S", "' 30s ', PT30S" })
	void readsALengthThatHasAUnit(String text, Duration length) {
		assertThat(Operation.of("disable", text).length()).isEqualTo(length);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "30", "+30", "-30", "banana", "30 minutes", "1.5h", "30x", "99999999999999999999d" })
	void refusesALengthWithoutAUnitItKnows(String text) {
		assertThatThrownBy(() -> Operation.of("disable", text)).isInstanceOf(InvalidEndpointRequestException.class)
			.hasMessageContaining("such as 30m");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "-5s", "-PT5S", "36501d" })
	void refusesALengthThatCannotBe(String text) {
		assertThatThrownBy(() -> Operation.of("disable", text)).isInstanceOf(InvalidEndpointRequestException.class)
			.hasMessageContaining(text);
	}

	@Test
	void quotesNoMoreThanALineHasRoomFor() {
		String sent = "\r\n" + "x".repeat(100_000);
		assertThatThrownBy(() -> Operation.of(sent, null)).message().hasSizeLessThan(250).doesNotContain("\n", "\r");
		assertThatThrownBy(() -> Operation.of("disable", sent)).message().hasSizeLessThan(250);
	}

}
