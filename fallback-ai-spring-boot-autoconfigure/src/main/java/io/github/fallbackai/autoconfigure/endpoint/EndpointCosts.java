// SPDX-License-Identifier: Apache-2.0
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

	private EndpointCosts() {
	}

	static void add(LayeredEndpointProperties source, EndpointBuilder endpoint) {
		endpoint.price(price(source)).spendLimit(limit(source));
	}

	private static @Nullable Price price(LayeredEndpointProperties source) {
		PriceProperties price = source.properties().getPrice();
		BigDecimal input = price.getInput();
		BigDecimal output = price.getOutput();
		if (input == null && output == null && price.getCachedInput() == null && price.getCacheWrite() == null) {
			return null;
		}
		Price complete = source.value(() -> new Price((input != null) ? input : BigDecimal.ZERO,
				(output != null) ? output : BigDecimal.ZERO, price.getCachedInput(), price.getCacheWrite()));
		if (input == null || output == null) {
			throw source.invalid((input == null) ? INPUT : OUTPUT, "missing, while another part of the price is set",
					"Set both " + INPUT + " and " + OUTPUT + ", per million tokens; 0 is a price, too.");
		}
		return complete;
	}

	private static @Nullable SpendLimit limit(LayeredEndpointProperties source) {
		SpendLimitProperties limit = source.properties().getSpendLimit();
		BigDecimal amount = limit.getAmount();
		return (amount != null) ? source.value(() -> new SpendLimit(amount, limit.getPeriod())) : null;
	}

}
