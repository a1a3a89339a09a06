// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types that Jackson reads in ways of their own.
 */
class StructuredFormsTests {

	private final StructuredCall call = new StructuredCall();

	@AfterEach
	void stop() {
		this.call.close();
	}

	@Test
	void bytesAreNumbers() {
		assertThat(this.call.value(Bytes.class, """
				{"one":3,"other":-4,"more":[5]}""")).isEqualTo(new Bytes((byte) 3, (byte) -4, List.of((byte) 5)));
		assertThat(this.call.schema().at("/properties/one/type").asText()).isEqualTo("integer");
		this.call.rejects(Bytes.class, """
				{"one":"3","other":4,"more":[]}""");
	}

	/** Has whole numbers of the shortest kind. */
	record Bytes(byte one, Byte other, List<Byte> more) {

	}

}
