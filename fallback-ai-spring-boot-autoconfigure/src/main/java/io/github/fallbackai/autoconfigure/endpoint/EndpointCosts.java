package io.github.fallbackai.autoconfigure.endpoint;

import java.math.BigDecimal;

import io.github.fallbackai.autoconfigure.properties.PriceProperties;
import io.github.fallbackai.autoconfigure.properties.SpendLimitProperties;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import org.jspecify.annotations.Nullable;

/**
 * The price and the spend limit of an endpoint, checked.
 */
final class EndpointCosts {

	private static final String INPUT = "price.input";

	private static final String OUTPUT = "price.output";

	private static final String AMOUNT = "spend-limit.amount";

	private static final String PERIOD = "spend-limit.period";

	private EndpointCosts() {
	}

	static void add(LayeredEndpointProperties source, EndpointBuilder endpoint) {
		Price price = price(source);
		SpendLimit limit = limit(source);
		if (limit != null && price == null) {
			throw source.invalid(AMOUNT, "needs a price, and the endpoint '" + source.name() + "' has none",
					"Set " + INPUT + " and " + OUTPUT + " of the endpoint, or remove the limit.");
		}
		endpoint.price(price).spendLimit(limit);
	}

	private static @Nullable Price price(LayeredEndpointProperties source) {
		PriceProperties price = source.properties().getPrice();
		BigDecimal input = notNegative(source, INPUT, price.getInput());
		BigDecimal output = notNegative(source, OUTPUT, price.getOutput());
		BigDecimal cachedInput = notNegative(source, "price.cached-input", price.getCachedInput());
		if (input == null && output == null && cachedInput == null) {
			return null;
		}
		if (input == null || output == null) {
			throw source.invalid((input == null) ? INPUT : OUTPUT, "missing, while another part of the price is set",
					"Set both " + INPUT + " and " + OUTPUT + ", per million tokens; 0 is a price, too.");
		}
		return new Price(input, output, cachedInput);
	}

	private static @Nullable SpendLimit limit(LayeredEndpointProperties source) {
		SpendLimitProperties limit = source.properties().getSpendLimit();
		BigDecimal amount = limit.getAmount();
		if (amount == null) {
			return null;
		}
		if (amount.signum() <= 0 || amount.compareTo(SpendLimit.MOST) > 0) {
			throw source.invalid(AMOUNT, amount + " (expected: > 0 and <= " + SpendLimit.MOST.toPlainString() + ")",
					"Set it to an amount above zero; to spend nothing at an endpoint, set enabled to false.");
		}
		if (limit.getPeriod().toSeconds() < 1 || limit.getPeriod().toNanosPart() != 0) {
			throw source.invalid(PERIOD, limit.getPeriod() + " (expected: whole seconds, >= 1s)",
					"Set it to a period such as 1h or 1d.");
		}
		return new SpendLimit(amount, limit.getPeriod());
	}

	private static @Nullable BigDecimal notNegative(LayeredEndpointProperties source, String suffix,
			@Nullable BigDecimal value) {
		if (value != null && value.signum() < 0) {
			throw source.invalid(suffix, value + " (expected: >= 0)", "Set it to the price of a million tokens.");
		}
		return value;
	}

}
