// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import java.net.URI;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The generator of schemas follows annotations of Jackson 3 here, and the reader of
 * answers those of Jackson 2. The reader's names count.
 */
class StructuredNamesTests {

	@Test
	void theSchemaHasTheNamesThatAreRead() {
		try (ProviderSimulator provider = ProviderSimulator.create().start();
				AiFallbackTemplate ai = AiFallbackTemplate.builder()
					.endpoint(Endpoint.named("primary")
						.provider("openai")
						.url(URI.create(provider.url()))
						.model("any")
						.build())
					.build()) {
			provider.always(Outcome.answer("{\"firstName\":\"Ada\"}"));
			assertThat(ai.chatAs(ChatRequest.of("Who?"), Person.class).block(Duration.ofMinutes(1)).value())
				.isEqualTo(new Person("Ada"));
			JsonNode schema = provider.requests().get(0).body().at("/response_format/json_schema/schema");
			assertThat(schema.path("required")).hasToString("[\"firstName\"]");
		}
	}

	/** Has names for Jackson 3. */
	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	record Person(String firstName) {

	}

}
