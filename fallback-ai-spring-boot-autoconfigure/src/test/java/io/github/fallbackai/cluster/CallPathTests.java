// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.test.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No call ever blocks a thread that serves others, whatever Redis does. A process of its
 * own is watched, because watching changes the whole process.
 */
@Tag("slow")
class CallPathTests {

	private static final int CALLS = 200;

	@Test
	void nothingBlocksWhileRedisIsWellAndWhileItIsNot() {
		try (ClusterFixture cluster = new ClusterFixture(Duration.ofSeconds(2)).endpoint("primary",
				Duration.ofSeconds(1), 1)) {
			InstanceProcess watched = cluster
				.instance("watched", "-XX:+AllowRedefinitionToAddDeleteMethods",
						"-D" + ClusterInstance.WATCH_BLOCKING + "=true")
				.awaitReady();
			assertThat(watched.told("blocked")).anyMatch((line) -> line.contains("Thread.sleep"));
			watched.callAndWait("primary", CALLS);
			cluster.open("primary", watched);
			cluster.redis.suspend();
			watched.callAndWait("primary", CALLS);
			ClusterFixture.await(() -> watched.ask("store")[1].equals("false"));
			watched.callAndWait("primary", CALLS);
			cluster.redis.resume();
			ClusterFixture.await(() -> watched.ask("store")[1].equals("true"));
			cluster.redis.kill();
			cluster.provider("primary").always(Outcome.healthy());
			watched.callAndWait("primary", CALLS);
			ClusterFixture.await(() -> {
				watched.callAndWait("primary", 1);
				return watched.breaker("primary").equals("CLOSED");
			});

			assertThat(watched.count("error")).isZero();
			assertThat(watched.told("blocked")).filteredOn((line) -> !line.contains("Thread.sleep")).isEmpty();
		}
	}

}
