package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.EndpointBudgets;

/**
 * What decides whether an endpoint may be tried now.
 *
 * @param gates their breakers and cool-downs
 * @param budgets what they may still cost
 */
record EndpointGuards(EndpointGates gates, EndpointBudgets budgets) {

}
