// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.gateway.ComparisonCell.Verdict;
import io.github.fallbackai.gateway.ComparisonScenario.Limit;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.ProviderError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sixteen faults by which a public comparison judges gateways, at the default settings
 * and through the gateway, each with its verdict. They run at the same time.
 * {@code -Dfallback-ai.test.comparison.scale=1} runs them as slowly as the comparison
 * does, for a minute and a half.
 */
class FailoverComparisonTests {

	private static final String ANSWER = ComparisonScenario.ANSWER;

	private static final ProviderError OVERLOADED = ProviderError.of(503)
		.withType("server_error")
		.withCode("overloaded")
		.withMessage("The engine is overloaded.");

	/** The first call of a process takes longer than any other. */
	@BeforeAll
	static void warmUp() {
		try (ComparisonScenario scenario = new ComparisonScenario(Limit.NONE, (simulator) -> {
		})) {
			scenario.alive();
		}
	}

	@Test
	void noneFailsAndThreeCellsLackWhatIsOnlyAdvised() throws Exception {
		Map<Fault, ComparisonCell> cells = new EnumMap<>(Fault.class);
		ExecutorService threads = Executors.newFixedThreadPool(Fault.values().length);
		try {
			List<Callable<ComparisonCell>> tasks = new ArrayList<>();
			for (Fault fault : Fault.values()) {
				tasks.add(() -> run(fault));
			}
			List<Future<ComparisonCell>> results = threads.invokeAll(tasks);
			for (Fault fault : Fault.values()) {
				cells.put(fault, results.get(fault.ordinal()).get());
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(cells).allSatisfy(
				(fault, cell) -> assertThat(cell.verdict()).as("%s: %s", fault, cell).isEqualTo(fault.expected()));
	}

	/**
	 * A machine that stops for a moment spoils a scenario, which is repeated then.
	 */
	private static ComparisonCell run(Fault fault) {
		ComparisonCell cell = runOnce(fault);
		for (int repetition = 0; repetition < 2 && cell.verdict() != fault.expected(); repetition++) {
			cell = runOnce(fault);
		}
		return cell;
	}

	private static ComparisonCell runOnce(Fault fault) {
		try (ComparisonScenario scenario = new ComparisonScenario(fault.limit, fault.failing)) {
			return fault.judge.apply(scenario);
		}
	}

	/** The cell of a call that should be answered in spite of everything. */
	private static ComparisonCell rescued(ComparisonCall call) {
		return new ComparisonCell(call.hung(), call.claimsSuccess() && !call.answered(ANSWER), call.answered(ANSWER));
	}

	private static ComparisonCell rateLimitWithRetryAfter(ComparisonScenario scenario) {
		ComparisonCell cell = rescued(scenario.call(20));
		List<RecordedRequest> requests = scenario.atPrimary();
		boolean honoured = requests.size() >= 2
				&& requests.get(1).arrivedAtNanos() - requests.get(0).arrivedAtNanos() >= 1_800_000_000L;
		return cell.advises("asked again", requests.size() >= 2)
			.advises("no sooner than told", honoured)
			.requires("no hammering", scenario.atPrimaryWithin(1.5) <= 2);
	}

	private static ComparisonCell rateLimitForGood(ComparisonScenario scenario) {
		return rescued(scenario.call(40)).requires("no hammering", scenario.atPrimaryWithin(3) <= 4)
			.requires("few attempts", scenario.atPrimary().size() <= 6);
	}

	private static ComparisonCell serverErrorOnce(ComparisonScenario scenario) {
		return rescued(scenario.call(20)).advises("asked again", scenario.atPrimary().size() >= 2);
	}

	private static ComparisonCell fewAttempts(ComparisonScenario scenario) {
		return rescued(scenario.call(40)).requires("few attempts", scenario.atPrimary().size() <= 6);
	}

	private static ComparisonCell answered(ComparisonScenario scenario) {
		return rescued(scenario.call(20));
	}

	private static ComparisonCell silence(ComparisonScenario scenario) {
		ComparisonCall call = scenario.call(130);
		return rescued(call).requires("in time", call.took().compareTo(ComparisonScenario.within(100)) <= 0)
			.advises("silence is asked once", scenario.atPrimary().size() == 1);
	}

	private static ComparisonCell slowFirstToken(ComparisonScenario scenario) {
		ComparisonCall call = scenario.call(60);
		return rescued(call)
			.advises("limits the wait for the first token", call.took().compareTo(ComparisonScenario.within(15)) <= 0)
			.advises("leaves time for another answer",
					AttemptLimits.DEFAULTS.firstContent().plusSeconds(1).compareTo(Duration.ofSeconds(15)) <= 0);
	}

	private static ComparisonCell stall(ComparisonScenario scenario) {
		ComparisonCall call = scenario.call(70);
		return rescued(call).requires("in time", call.took().compareTo(ComparisonScenario.within(45)) <= 0)
			.requires("alive", scenario.alive());
	}

	private static ComparisonCell malformedChunk(ComparisonScenario scenario) {
		ComparisonCall call = scenario.call(30);
		return rescued(call).requires("alive", scenario.alive()).advises("whole", call.answered(ANSWER));
	}

	private static ComparisonCell noTerminator(ComparisonScenario scenario) {
		ComparisonCall call = scenario.call(30);
		return rescued(call).requires("in time", call.took().compareTo(ComparisonScenario.within(8)) <= 0)
			.advises("usage", call.hasUsage());
	}

	private static ComparisonCell askedOnce(ComparisonScenario scenario) {
		return rescued(scenario.call(20)).requires("asked once", scenario.atPrimary().size() == 1);
	}

	/** The client should get the provider's refusal, and no answer. */
	private static ComparisonCell contentFilter(ComparisonScenario scenario) {
		ComparisonCall call = scenario.call(20);
		boolean refused = call.response() != null && call.response().status() == 400;
		return new ComparisonCell(call.hung(), call.claimsSuccess(), refused).requires("asked once",
				scenario.atPrimary().size() == 1);
	}

	private static ComparisonCell cutAndNoPrefill(ComparisonScenario scenario) {
		List<Boolean> refusals = new ArrayList<>();
		scenario.backup().script((request) -> {
			JsonNode messages = request.body().path("messages");
			if (!"assistant".equals(messages.path(messages.size() - 1).path("role").asText())) {
				return ComparisonScenario.healthy();
			}
			refusals.add(true);
			return Outcome.error(ProviderError.of(400)
				.withType("invalid_request_error")
				.withCode("invalid_prefill")
				.withMessage("This model does not support assistant message prefill."));
		});
		ComparisonCall call = scenario.call(40);
		return rescued(call).requires("the refused prefill hides nothing", call.claimsSuccess() || refusals.isEmpty());
	}

	/** Twenty calls, one every four seconds; the outage ends after a minute. */
	private static ComparisonCell outage(ComparisonScenario scenario) {
		long begin = System.nanoTime();
		long up = begin + ComparisonScenario.scaled(Duration.ofMinutes(1)).toNanos();
		List<ComparisonCall> calls = new ArrayList<>();
		boolean back = false;
		for (int number = 0; number < 20 || (!back && number < 20 * ComparisonScenario.SCALE); number++) {
			sleepUntil(begin + ComparisonScenario.scaled(Duration.ofSeconds(4)).toNanos() * number);
			ComparisonCall call = scenario.call(30);
			calls.add(call);
			back |= call.model().equals("model-primary");
		}
		List<RecordedRequest> requests = scenario.atPrimary();
		long again = calls.stream()
			.filter((call) -> call.model().equals("model-primary"))
			.mapToLong(ComparisonCall::sentAtNanos)
			.findFirst()
			.orElse(Long.MAX_VALUE);
		boolean allAnswered = calls.stream().allMatch((call) -> call.answered(ANSWER));
		return new ComparisonCell(calls.stream().anyMatch(ComparisonCall::hung),
				calls.stream().anyMatch((call) -> call.claimsSuccess() && !call.answered(ANSWER)), allAnswered)
			.requires("served during the outage", allAnswered)
			.requires("back soon", again - up <= ComparisonScenario.within(30).toNanos())
			.requires("few probes", requests.stream().filter((request) -> request.arrivedAtNanos() < up).count() <= 15);
	}

	private static void sleepUntil(long nanos) {
		try {
			Thread.sleep(Math.max(0, (nanos - System.nanoTime()) / 1_000_000));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	private static ComparisonCell accounting(ComparisonScenario scenario) {
		ComparisonCall call = scenario.call(40);
		return rescued(call).requires("names the model that answered", call.model().equals("model-backup"))
			.advises("usage", call.hasUsage())
			.requires("few attempts", scenario.atPrimary().size() <= 6);
	}

	private static Consumer<ProviderSimulator> once(Outcome outcome) {
		return (simulator) -> simulator.next(outcome);
	}

	private static Consumer<ProviderSimulator> always(Outcome outcome) {
		return (simulator) -> simulator.always(outcome);
	}

	private static ProviderError refusal(String code) {
		return ProviderError.of(400).withType("invalid_request_error").withCode(code).withMessage("No.");
	}

	/** So long that no test waits for it, if times are scaled. */
	private static Duration inVain(int seconds) {
		return Duration.ofSeconds((ComparisonScenario.SCALE > 1) ? 600 : seconds);
	}

	private static String malformed() {
		StringBuilder stream = new StringBuilder();
		String[] words = ANSWER.split(" ");
		for (int index = 0; index < words.length; index++) {
			if (index == 10) {
				stream.append("data: {\"choices\": [{\"delta\": {\"content\": \n\n");
			}
			stream.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + ((index > 0) ? " " : "")
					+ words[index] + "\"},\"finish_reason\":null}]}\n\n");
		}
		return stream + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
				+ "data: [DONE]\n\n";
	}

	/** The primary answers 503 for a minute of the comparison. */
	private static void down(ProviderSimulator simulator) {
		long up = System.nanoTime() + ComparisonScenario.scaled(Duration.ofMinutes(1)).toNanos();
		simulator.script((request) -> (request.arrivedAtNanos() < up) ? Outcome.error(OVERLOADED)
				: ComparisonScenario.healthy());
	}

	private enum Fault {

		RATE_LIMIT_WITH_RETRY_AFTER(once(Outcome.status(429).withHeader("Retry-After", "2")),
				FailoverComparisonTests::rateLimitWithRetryAfter),

		RATE_LIMIT_FOR_GOOD(always(Outcome.status(429)), FailoverComparisonTests::rateLimitForGood),

		SERVER_ERROR_ONCE(once(Outcome.status(500)), FailoverComparisonTests::serverErrorOnce),

		OVERLOADED_FOR_GOOD(always(Outcome.error(OVERLOADED)), FailoverComparisonTests::fewAttempts),

		RESET_BEFORE_HEADERS(once(Outcome.healthy().cutBeforeHeaders().byReset()), FailoverComparisonTests::answered),

		NO_RESPONSE(Limit.FIRST_CONTENT, always(Outcome.healthy().hangBeforeHeaders()),
				FailoverComparisonTests::silence),

		SLOW_FIRST_TOKEN(Limit.FIRST_CONTENT, always(ComparisonScenario.healthy().firstTokenAfter(inVain(20))),
				FailoverComparisonTests::slowFirstToken),

		STREAM_CUT(always(ComparisonScenario.healthy().cutAfterTokens(40)), FailoverComparisonTests::answered),

		STREAM_STALLS(Limit.IDLE, always(ComparisonScenario.healthy().hangAfterTokens(20)),
				FailoverComparisonTests::stall),

		MALFORMED_CHUNK(always(Outcome.raw(200, "text/event-stream", malformed())),
				FailoverComparisonTests::malformedChunk),

		NO_TERMINATOR(always(ComparisonScenario.healthy().withoutTerminator()), FailoverComparisonTests::noTerminator),

		CONTEXT_LENGTH(always(Outcome.error(refusal("context_length_exceeded"))), FailoverComparisonTests::askedOnce),

		CONTENT_FILTER(always(Outcome.error(refusal("content_policy_violation"))),
				FailoverComparisonTests::contentFilter),

		CUT_AND_NO_PREFILL(always(ComparisonScenario.healthy().cutAfterTokens(40)),
				FailoverComparisonTests::cutAndNoPrefill),

		OUTAGE(FailoverComparisonTests::down, FailoverComparisonTests::outage),

		ACCOUNTING(always(Outcome.error(OVERLOADED)), FailoverComparisonTests::accounting);

		private final Limit limit;

		private final Consumer<ProviderSimulator> failing;

		private final Function<ComparisonScenario, ComparisonCell> judge;

		Fault(Consumer<ProviderSimulator> failing, Function<ComparisonScenario, ComparisonCell> judge) {
			this(Limit.NONE, failing, judge);
		}

		Fault(Limit limit, Consumer<ProviderSimulator> failing, Function<ComparisonScenario, ComparisonCell> judge) {
			this.limit = limit;
			this.failing = failing;
			this.judge = judge;
		}

		/** What the three are about, and why they stay: ADR 14. */
		private Verdict expected() {
			return switch (this) {
				case RATE_LIMIT_WITH_RETRY_AFTER, SERVER_ERROR_ONCE, SLOW_FIRST_TOKEN -> Verdict.PARTIAL;
				default -> Verdict.PASS;
			};
		}

	}

}
