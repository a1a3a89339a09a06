// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.io.IOException;

import io.github.fallbackai.suite.PublicApi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublicApiTests {

	@Test
	void isWhatTheFileSays() throws IOException {
		PublicApi.assertUnchanged("fallback-ai-core");
	}

	/** But where the auto-configuration and the gateway put things together. */
	@Test
	void mentionsNothingInternal() {
		String base = "io.github.fallbackai.";
		assertThat(PublicApi.leaks()).containsExactlyInAnyOrder(
				base + "AiFallbackTemplate mentions " + base + "relay.Relay",
				base + "AiFallbackTemplate mentions " + base + "relay.RelayedEvent",
				base + "AiFallbackTemplateBuilder mentions " + base + "breaker.EndpointGates",
				base + "AiFallbackTemplateBuilder mentions " + base + "budget.EndpointBudgets",
				base + "GatedEndpointControl mentions " + base + "breaker.EndpointGates",
				base + "drill.Drills mentions " + base + "breaker.EndpointGates",
				base + "client.http.netty.NettyWire mentions " + base + "client.http.netty.PooledWire",
				base + "client.http.netty.NettyWire$Builder mentions " + base + "client.http.netty.PooledWire",
				base + "client.http.netty.NettyWire$Builder mentions " + base + "client.http.netty.PooledWire$Builder",
				base + "client.http.provider.StreamDecoder mentions " + base + "client.http.provider.AnswerEvents",
				base + "observation.StateStoreMeters mentions " + base + "cluster.StateStoreActivity");
	}

}
