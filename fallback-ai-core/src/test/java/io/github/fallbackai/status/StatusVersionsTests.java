// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.failure.SkipReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusVersionsTests {

	private final StatusVersions versions = new StatusVersions();

	@Test
	void keepsTheVersionWhileNothingButTimeMoves() {
		FallbackStatus first = this.versions.versioned(cooling(Duration.ofSeconds(5), null));
		FallbackStatus second = this.versions.versioned(cooling(Duration.ofSeconds(4), null));
		assertThat(first.version()).isPositive();
		assertThat(second.version()).isEqualTo(first.version());
		assertThat(second.endpoint("primary")).get()
			.extracting(EndpointStatus::coolDownRemaining)
			.isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void countsEveryChangeAndNeverGoesBack() {
		long cooling = this.versions.versioned(cooling(Duration.ofSeconds(5), null)).version();
		long served = this.versions.versioned(cooling(Duration.ofSeconds(5), "backup")).version();
		long coolingAgain = this.versions.versioned(cooling(Duration.ofSeconds(5), null)).version();
		assertThat(served).isGreaterThan(cooling);
		assertThat(coolingAgain).isGreaterThan(served);
	}

	private static FallbackStatus cooling(Duration remaining, String lastServedBy) {
		EndpointStatus endpoint = EndpointStatus.builder()
			.name("primary")
			.provider("openai")
			.model("large")
			.available(false)
			.skipReason(SkipReason.COOLING_DOWN)
			.skipRemaining(remaining)
			.build();
		ChainStatus chain = ChainStatus.builder().degraded(true).endpoints(List.of(endpoint)).build();
		return FallbackStatus.builder().defaultChain(chain).chains(List.of(chain)).lastServedBy(lastServedBy).build();
	}

}
