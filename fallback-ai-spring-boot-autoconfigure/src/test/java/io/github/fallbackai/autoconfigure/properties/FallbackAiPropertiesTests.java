// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.client.http.netty.TransportSettings;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.policy.CoolDownSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FallbackAiPropertiesTests {

	private final FallbackAiProperties properties = new FallbackAiProperties();

	@Test
	void coolDownsStartWithTheDefaultsOfTheCore() {
		CoolDownProperties coolDown = this.properties.getCoolDown();
		assertThat(new CoolDownSettings(coolDown.getRateLimited(), coolDown.getQuota(), coolDown.getAuthentication(),
				coolDown.getPermission(), coolDown.getModelUnavailable(), coolDown.getMax()))
			.isEqualTo(CoolDownSettings.DEFAULTS);
	}

	@Test
	void limitsStartWithTheDefaultsOfTheCore() {
		LimitsProperties limits = this.properties.getLimits();
		assertThat(limits.getResponse().toBytes()).isEqualTo(ResponseLimits.DEFAULTS.response());
		assertThat(limits.getEvent().toBytes()).isEqualTo(ResponseLimits.DEFAULTS.event());
		assertThat(limits.getErrorBody().toBytes()).isEqualTo(ResponseLimits.DEFAULTS.errorBody());
	}

	@Test
	void theTransportStartsWithTheDefaultsOfTheCore() {
		TransportProperties transport = this.properties.getTransport();
		assertThat(new TransportSettings(transport.getMaxConnectionsPerHost(), transport.getPendingAcquireTimeout(),
				transport.getIdleTimeout(), transport.getMaxLifeTime()))
			.isEqualTo(TransportSettings.DEFAULTS);
	}

	@Test
	void everyPropertyIsDescribedBySentences() throws IOException {
		JsonNode described = metadata().get("properties");
		assertThat(described).hasSizeGreaterThan(50)
			.allSatisfy(
					(property) -> assertThat(property.path("description").asText()).as(property.get("name").asText())
						.matches("[A-Z].{10,}\\."));
		assertThat(described).extracting((property) -> property.get("name").asText())
			.contains("fallback.ai.api-keys", "fallback.ai.defaults.api-key", "fallback.ai.endpoints",
					"fallback.ai.overrides", "fallback.ai.defaults.timeout.first-content");
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream metadata = FallbackAiProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return new ObjectMapper().readTree(metadata);
		}
	}

}
