// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Usage}.
 */
class UsageTests {

	private static final Usage HUGE = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

	@Test
	void sumsNeverOverflow() {
		assertThat(HUGE.plus(HUGE)).isEqualTo(HUGE);
		assertThat(HUGE.totalTokens()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void addsPartsAndKeepsUnknownOnesUnknown() {
		assertThat(new Usage(1, 2, null, 3L).plus(new Usage(10, 20, 4L, null))).isEqualTo(new Usage(11, 22, 4L, 3L));
		assertThat(new Usage(1, 2, null, null).plus(new Usage(1, 2, null, null)).cachedInputTokens()).isNull();
	}

}
