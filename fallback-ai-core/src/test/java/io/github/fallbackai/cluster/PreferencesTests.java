// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PreferencesTests {

	private final Preferences preferences = new Preferences();

	@Test
	void eachIsGreaterThanAllBefore() {
		assertThat(this.preferences.next()).isEqualTo(1);
		this.preferences.seen(7);
		this.preferences.seen(3);

		assertThat(this.preferences.next()).isEqualTo(8);
	}

	@Test
	void theGreatestIsNotFollowedByTheSmallest() {
		this.preferences.seen(Integer.MAX_VALUE);

		assertThat(this.preferences.next()).isEqualTo(Integer.MAX_VALUE);
	}

}
