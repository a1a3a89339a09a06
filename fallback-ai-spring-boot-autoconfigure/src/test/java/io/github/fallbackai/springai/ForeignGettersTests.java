// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignGettersTests {

	@Test
	void readWhatIsThere() {
		assertThat(ForeignGetters.read(new Options(), "getSeed")).isEqualTo(7);
		assertThat(ForeignGetters.constant(Options.class, "USUAL")).isEqualTo("usual");
	}

	@Test
	void giveNothingForWhatIsNotThereOrFails() {
		assertThat(ForeignGetters.read(null, "getSeed")).isNull();
		assertThat(ForeignGetters.read(new Options(), "getOther")).isNull();
		assertThat(ForeignGetters.read(new Options(), "getBroken")).isNull();
		assertThat(ForeignGetters.constant(Options.class, "OTHER")).isNull();
		assertThat(ForeignGetters.constant(Options.class, "own")).isNull();
	}

	static class Options {

		static final String USUAL = "usual";

		final String own = "own";

		public Integer getSeed() {
			return 7;
		}

		public String getBroken() {
			throw new IllegalStateException("no schema");
		}

	}

}
