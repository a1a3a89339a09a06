package io.github.fallbackai.status;

import java.math.BigDecimal;
import java.time.Duration;

import io.github.fallbackai.endpoint.SpendLimit;

/**
 * What was spent at an endpoint in the present period, by all instances as far as this
 * one knows.
 *
 * @param spent the amount, estimates included
 * @param reserved what calls of this instance that are under way may still spend
 * @param limit what may be spent
 * @param renewsIn how long until the next period
 */
public record Spending(BigDecimal spent, BigDecimal reserved, SpendLimit limit, Duration renewsIn) {

}
