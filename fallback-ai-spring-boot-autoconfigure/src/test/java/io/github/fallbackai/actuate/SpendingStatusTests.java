// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application whose endpoint may cost so much and no more, from its properties to what
 * its operators see.
 */
@AutoConfigureWebTestClient(timeout = "60s")
@SpringBootTest(classes = ManagementEndpointTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=priced", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].price.input=1000", "fallback.ai.endpoints[0].price.output=2000",
				"fallback.ai.endpoints[0].spend-limit.amount=2.1", "fallback.ai.endpoints[0].spend-limit.period=36500d",
				"fallback.ai.state-store.type=memory", "management.endpoints.web.exposure.include=fallbackai,health",
				"management.endpoint.health.show-details=always" })
class SpendingStatusTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@RegisterExtension
	static final ProviderSimulatorExtension priced = ProviderSimulatorExtension.forEndpoint("priced");

	@Autowired
	private WebTestClient web;

	@Autowired
	private AiFallbackTemplate template;

	@Test
	void showsWhatWasSpentAndStopsAtTheLimit() throws Exception {
		BigDecimal paid = BigDecimal.ZERO;
		ChatResponse answer = ask();
		assertThat(answer.cost().amount()).isPositive();
		assertThat(answer.cost().estimated()).isFalse();
		paid = paid.add(answer.cost().amount());
		JsonNode endpoint = get("/actuator/fallbackai/priced");
		assertThat(amount(endpoint, "/statistics/cost/total")).isEqualByComparingTo(paid);
		assertThat(amount(endpoint, "/statistics/cost/estimated")).isZero();
		assertThat(amount(endpoint, "/spending/spent")).isEqualByComparingTo(paid);
		assertThat(amount(endpoint, "/spending/limit")).isEqualByComparingTo("2.1");
		assertThat(DocumentedExample.fields(endpoint, new TreeSet<>(), ""))
			.containsAll(DocumentedExample.fields(documented(), new TreeSet<>(), ""));

		assertThatExceptionOfType(NoEndpointAvailableException.class).isThrownBy(this::askUntilRefused)
			.satisfies((error) -> assertThat(error.skips()).extracting(Skip::reason)
				.containsExactly(SkipReason.SPEND_LIMIT_REACHED));
		BigDecimal spent = amount(get("/actuator/fallbackai/priced"), "/spending/spent");
		assertThat(spent).isLessThanOrEqualTo(new BigDecimal("2.1"));
		assertThat(amount(get("/actuator/fallbackai/priced"), "/statistics/cost/total")).isEqualByComparingTo(spent);
	}

	private void askUntilRefused() {
		for (int i = 0; i < 1000; i++) {
			ask();
		}
	}

	private ChatResponse ask() {
		return this.template.chat("Hello").block(PATIENCE);
	}

	private static BigDecimal amount(JsonNode node, String path) {
		return new BigDecimal(node.at(path).asText());
	}

	private static JsonNode documented() throws Exception {
		Matcher example = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("../docs/cost.md")));
		assertThat(example.find()).isTrue();
		return new ObjectMapper().readTree(example.group(1));
	}

	private JsonNode get(String path) throws Exception {
		byte[] body = this.web.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return new ObjectMapper().readTree(body);
	}

}
