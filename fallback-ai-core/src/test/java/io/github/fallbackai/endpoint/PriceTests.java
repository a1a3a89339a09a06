// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What tokens cost, and what may be spent on them. */
class PriceTests {

	@ParameterizedTest
	@CsvSource({ "1000000, 0, 0, 2.5, 2.5", "0, 0, 1000000, 10, 10", "3, 0, 7, 0.0000775, 0.0000775",
			"3, 2, 0, 0.0000075, 0.000003", "3, 3, 1, 0.0000175, 0.00001075", "3, 9, 0, 0.0000075, 0.00000075",
			"0, 0, 0, 0, 0" })
	void isExactToTheLastToken(long inputTokens, long cachedTokens, long outputTokens, BigDecimal expected,
			BigDecimal withCachedInput) {
		Price price = Price.of("2.50", "10");
		assertThat(price.of(inputTokens, cachedTokens, outputTokens)).isEqualByComparingTo(expected);
		assertThat(price.withCachedInput(new BigDecimal("0.25")).of(inputTokens, cachedTokens, outputTokens))
			.isEqualByComparingTo(withCachedInput);
	}

	@Test
	void mayBeZeroOrTiny() {
		assertThat(Price.of("0", "0").of(5, 0, 5)).isZero();
		assertThat(Price.of("0.033", "1").of(1, 0, 0)).isEqualByComparingTo("0.000000033");
	}

	@Test
	void isNeverNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> Price.of("-1", "1"))
			.withMessage("price.input: -1 (expected: >= 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> Price.of("1", "-1"));
		assertThatIllegalArgumentException().isThrownBy(() -> Price.of("1", "1").withCachedInput(new BigDecimal("-1")));
	}

	@ParameterizedTest
	@CsvSource({ "0, PT24H, spend-limit.amount", "-1, PT24H, spend-limit.amount",
			"1000000000.01, PT24H, spend-limit.amount", "1, PT0S, spend-limit.period", "1, PT-1H, spend-limit.period",
			"1, PT1.5S, spend-limit.period" })
	void limitsThatLimitNothingAreRefused(BigDecimal amount, Duration period, String property) {
		assertThatIllegalArgumentException().isThrownBy(() -> new SpendLimit(amount, period))
			.withMessageStartingWith(property + ": ");
	}

	@Test
	void aLimitNeedsAPrice() {
		EndpointBuilder endpoint = Endpoint.named("primary")
			.url(URI.create("https://api.example.com"))
			.model("large")
			.spendLimit(new SpendLimit(BigDecimal.TEN, Duration.ofDays(1)));
		assertThatIllegalArgumentException().isThrownBy(endpoint::build)
			.withMessageStartingWith("spend-limit.amount: needs a price");
		Endpoint priced = endpoint.price(Price.of("1", "2")).build();
		assertThat(priced.toBuilder().build().spendLimit()).isEqualTo(priced.spendLimit()).isNotNull();
		assertThat(priced.toBuilder().build().price()).isEqualTo(Price.of("1", "2"));
	}

}
