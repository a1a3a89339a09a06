// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.fuzz;

import java.io.IOException;

import io.github.fallbackai.gateway.completions.RequestReading;
import io.github.fallbackai.state.redis.RedisValueReading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the gateway and the store in Redis read from outside.
 */
@Tag("slow")
class FuzzGatewayAndStoreTests {

	@Test
	void requestsToTheGateway() throws IOException {
		Fuzzing.run("requests", new RequestReading());
	}

	@Test
	void valuesInRedis() throws IOException {
		Fuzzing.run("redis-values", new RedisValueReading());
	}

}
