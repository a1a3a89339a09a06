// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CoolDownSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AccountCoolDowns}.
 */
class AccountCoolDownsTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

	private final AccountCoolDowns coolDowns = new AccountCoolDowns(CoolDownSettings.DEFAULTS, this.nanos::get);

	private final Endpoint endpoint = endpoint("a");

	@ParameterizedTest
	@CsvSource({ "RATE_LIMITED, , PT5S", "RATE_LIMITED, PT17S, PT17S", "RATE_LIMITED, PT1H, PT5M",
			"AUTHENTICATION, , PT1M", "QUOTA_EXHAUSTED, , PT5M", "PERMISSION_DENIED, , PT5M" })
	void coolsDownForItsTimeAndNotLonger(FailureKind kind, Duration asked, Duration expected) {
		this.coolDowns.failed(this.endpoint, tenant(1), Failure.of(kind).retryAfter(asked).build());
		assertThat(this.coolDowns.at(this.endpoint, tenant(1))).satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(kind);
			assertThat(failure.retryAfter()).isEqualTo(expected);
		});
		this.nanos.addAndGet(expected.toNanos());
		assertThat(this.coolDowns.at(this.endpoint, tenant(1))).isNull();
	}

	@Test
	void coolsDownAtThatEndpointOnly() {
		this.coolDowns.failed(this.endpoint, tenant(1), Failure.of(FailureKind.AUTHENTICATION).build());
		assertThat(this.coolDowns.at(endpoint("b"), tenant(1))).isNull();
		assertThat(this.coolDowns.at(this.endpoint, tenant(2))).isNull();
	}

	@Test
	void forgetsTheOldestOfMoreThanAThousand() {
		for (int i = 0; i <= 1000; i++) {
			this.coolDowns.failed(this.endpoint, tenant(i), Failure.of(FailureKind.AUTHENTICATION).build());
		}
		assertThat(this.coolDowns.at(this.endpoint, tenant(0))).isNull();
		assertThat(this.coolDowns.at(this.endpoint, tenant(1))).isNotNull();
		assertThat(this.coolDowns.at(this.endpoint, tenant(1000))).isNotNull();
	}

	private static Credentials tenant(int number) {
		return new Credentials(ApiKey.of("sk-" + number), "tenant-" + number);
	}

	private static Endpoint endpoint(String name) {
		return Endpoint.named(name).model("m").url(URI.create("https://example.org")).build();
	}

}
