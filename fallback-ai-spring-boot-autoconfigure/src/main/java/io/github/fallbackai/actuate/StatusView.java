// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.status.EndpointStatus;
import org.jspecify.annotations.Nullable;

/**
 * The whole state as the management endpoint shows it.
 *
 * @param version version of the state
 * @param instance what this instance is called
 * @param defaultChain name of the chain for calls that name none
 * @param lastServedBy the endpoint that gave the latest answer, {@code null} before the
 * first
 * @param stateStore where states are kept, {@code null} if that is not known
 * @param chains the chains by name
 * @param endpoints the endpoints by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusView(long version, String instance, String defaultChain, @Nullable String lastServedBy,
		@Nullable Store stateStore, Map<String, Chain> chains, Map<String, Endpoint> endpoints) {

	/**
	 * Where states are kept.
	 *
	 * @param type what kind of store
	 * @param reachable whether it answers
	 */
	record Store(String type, boolean reachable) {

	}

	/**
	 * A chain.
	 *
	 * @param active the endpoint that the next call would use, {@code null} if none may
	 * be tried
	 * @param degraded whether that is another than the first, or none
	 * @param endpoints names of its endpoints in order
	 */
	record Chain(@Nullable String active, boolean degraded, List<String> endpoints) {

	}

	/**
	 * An endpoint.
	 *
	 * @param provider kind of provider
	 * @param model the model asked for
	 * @param available whether a call may try it now
	 * @param circuitBreaker state of its circuit breaker
	 * @param skipReason why it is skipped, {@code null} if it is not
	 * @param skipRemaining how long that lasts, {@code null} if it is not known
	 * @param coolDownRemaining how long it still cools down, {@code null} if it does not
	 * @param lastFailure its latest failure, {@code null} without one
	 * @param refusing {@code true} if it refused many different requests in a row and
	 * answered none since, {@code null} otherwise
	 * @param unmetNeeds what it said lately that it cannot do, {@code null} if it did not
	 * @param drill the failure that is rehearsed at it, {@code null} without one
	 * @param spending what it cost in the present period, {@code null} without a limit
	 * @param statistics of its attempts since the start
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Endpoint(String provider, String model, boolean available, String circuitBreaker,
			@Nullable String skipReason, @Nullable Duration skipRemaining, @Nullable Duration coolDownRemaining,
			@Nullable String lastFailure, @Nullable Boolean refusing, @Nullable List<String> unmetNeeds,
			@Nullable Drill drill, @Nullable Spending spending, EndpointStatistics.Summary statistics) {

		static Endpoint of(EndpointStatus status, @Nullable Drill drill, EndpointStatistics statistics) {
			return new Endpoint(status.provider(), status.model(), status.available(), status.circuitBreaker(),
					name(status.skipReason()), status.skipRemaining(), status.coolDownRemaining(),
					name(status.lastFailure()), status.refusing() ? true : null, names(status.unmetNeeds()), drill,
					(status.spending() != null) ? Spending.of(status.spending()) : null, statistics.summary());
		}

		private static @Nullable List<String> names(List<Need> needs) {
			return needs.isEmpty() ? null : needs.stream().map(Need::name).toList();
		}

		private static @Nullable String name(@Nullable Enum<?> constant) {
			return (constant != null) ? constant.name() : null;
		}

	}

	/**
	 * A failure that an operator rehearses in this instance.
	 *
	 * @param fault what goes wrong
	 * @param remaining how long it lasts at most
	 * @param hits how many requests failed by it
	 * @param callsLeft how many will still fail, {@code null} if it only ends by time
	 * @param share the share of requests that fail, {@code null} for all
	 * @param only the use case or mark of the calls whose requests fail, {@code null} for
	 * all
	 * @param reason why, {@code null} if the operator did not say
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Drill(String fault, Duration remaining, int hits, @Nullable Integer callsLeft, @Nullable Double share,
			@Nullable String only, @Nullable String reason) {

	}

	/**
	 * What an endpoint cost in the present period, as far as this instance knows.
	 *
	 * @param spent what all instances spent
	 * @param reserved what calls of this instance under way may still spend
	 * @param limit what may be spent
	 * @param period length of a period
	 * @param renewsIn how long until the next one
	 */
	record Spending(BigDecimal spent, BigDecimal reserved, BigDecimal limit, Duration period, Duration renewsIn) {

		static Spending of(io.github.fallbackai.status.Spending spending) {
			return new Spending(spending.spent(), spending.reserved(), spending.limit().amount(),
					spending.limit().period(), spending.renewsIn());
		}

	}

	/**
	 * The answer to an operation.
	 *
	 * @param endpoint the endpoint that it is about
	 * @param action what was done
	 * @param scope {@code instance}, or {@code cluster} if every instance that shares the
	 * state store knows of it
	 * @param length for how long, {@code null} for no end
	 * @param drill the drill that begins, {@code null} unless one does
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Controlled(String endpoint, String action, String scope, @JsonProperty("for") @Nullable Duration length,
			@Nullable Drill drill) {

		Controlled(String endpoint, ControlAction action, Enum<?> scope, @Nullable Duration length) {
			this(endpoint, Words.of(action), Words.of(scope), length, null);
		}

	}

}
