// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Prices and spend limits as they are configured. */
class EndpointCostsTests {

	private static final String PRICED = "fallback.ai.endpoints[0].price.input=2.50,"
			+ "fallback.ai.endpoints[0].price.output=10.00";

	@Test
	void withoutAnyNothingIsKnownAndNothingLimited() {
		assertThat(endpoint("").price()).isNull();
		assertThat(endpoint("").spendLimit()).isNull();
	}

	@Test
	void everyPropertyArrives() {
		Endpoint endpoint = endpoint(PRICED + ",fallback.ai.endpoints[0].price.cached-input=1.25,"
				+ "fallback.ai.endpoints[0].spend-limit.amount=0.5,fallback.ai.endpoints[0].spend-limit.period=1h");
		assertThat(endpoint.price())
			.isEqualTo(new Price(new BigDecimal("2.50"), new BigDecimal("10.00"), new BigDecimal("1.25")));
		assertThat(endpoint.spendLimit()).isEqualTo(new SpendLimit(new BigDecimal("0.5"), Duration.ofHours(1)));
	}

	@Test
	void aLimitIsForADayUnlessItSaysOtherwise() {
		assertThat(endpoint(PRICED + ",fallback.ai.endpoints[0].spend-limit.amount=20").spendLimit())
			.isEqualTo(new SpendLimit(BigDecimal.valueOf(20), Duration.ofDays(1)));
		assertThat(endpoint(PRICED + ",fallback.ai.endpoints[0].spend-limit.period=1h").spendLimit()).isNull();
	}

	@Test
	void defaultsAndOverridesHoldForPricesToo() {
		Endpoint endpoint = endpoint("fallback.ai.defaults.price.input=1,fallback.ai.defaults.price.output=2,"
				+ "fallback.ai.defaults.spend-limit.amount=20,fallback.ai.overrides.openai-large.spend-limit.amount=5");
		assertThat(endpoint.price()).isEqualTo(Price.of("1", "2"));
		assertThat(endpoint.spendLimit().amount()).isEqualTo("5");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					price.input=1                                              | price.output       | missing
					price.output=1                                             | price.input        | missing
					price.cached-input=1                                       | price.input        | missing
					price.input=-1                                             | price.input        | -1 (expected: >= 0)
					price.output=-0.1                                          | price.output       | -0.1 (expected: >= 0)
					price.cached-input=-1                                      | price.cached-input | -1 (expected: >= 0)
					spend-limit.amount=20                                      | spend-limit.amount | needs a price
					spend-limit.amount=0                                       | spend-limit.amount | 0 (expected: > 0
					spend-limit.amount=-1                                      | spend-limit.amount | -1 (expected: > 0
					spend-limit.amount=1000000001                              | spend-limit.amount | 1000000001 (expected: > 0 and <= 1000000000)
					spend-limit.amount=1,fallback.ai.endpoints[0].spend-limit.period=0s    | spend-limit.period | 0s (expected: whole seconds
					spend-limit.amount=1,fallback.ai.endpoints[0].spend-limit.period=1500ms| spend-limit.period | 1500ms (expected: whole seconds
					""")
	void refusesWhatCannotWork(String properties, String property, String reason) {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> endpoint("fallback.ai.endpoints[0]." + properties))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[0]." + property);
				assertThat(ex.reason()).startsWith(reason);
				assertThat(ex.action()).isNotBlank();
			});
	}

	private static Endpoint endpoint(String properties) {
		List<String> all = new ArrayList<>(List.of("fallback.ai.endpoints[0].model=large"));
		if (!properties.isEmpty()) {
			all.addAll(List.of(properties.split(",")));
		}
		return ConfigurationFixture.file(all.toArray(String[]::new)).configured().endpoints().get(0).endpoint();
	}

}
