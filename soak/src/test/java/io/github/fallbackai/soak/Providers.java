// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.SimulatorOptions;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;

/**
 * The providers: some of them fail in every way, two of them never.
 */
final class Providers implements AutoCloseable {

	/** Fails always. */
	static final String SICK = "sick";

	/** Fail now and then. */
	static final List<String> FRAIL = List.of("frail", "claude", "gemini");

	/** Fails now and then, but quickly, and takes few calls at a time. */
	static final String NARROW = "narrow";

	/** Never fails, and takes few calls at a time. */
	static final String WIDE = "wide";

	/** Never fails. */
	static final String HEALTHY = "healthy";

	/** Gets no call: other providers redirect to it. */
	static final String ELSEWHERE = "elsewhere";

	private final long seed;

	private final Map<String, ProviderSimulator> simulators = new LinkedHashMap<>();

	private final Map<Fault, LongAdder> faults = new ConcurrentHashMap<>();

	private volatile boolean healed;

	Providers(long seed) {
		this.seed = seed;
		Stream.of(Stream.of(SICK), FRAIL.stream(), Stream.of(NARROW, WIDE, HEALTHY, ELSEWHERE))
			.flatMap((names) -> names)
			.forEach(this::add);
	}

	private void add(String name) {
		ProviderSimulator simulator = ProviderSimulator
			.create(SimulatorOptions.forEndpoint(name).withRecordedRequests(8));
		simulator.answers((request) -> Question.in(request.body().toString()).answer());
		simulator.script((request) -> outcome(name, request));
		this.simulators.put(name, simulator.start());
	}

	private Outcome outcome(String name, RecordedRequest request) {
		String body = request.body().toString();
		Question question = Question.in(body);
		Outcome healthy = right(question, body);
		Dice dice = Dice.of(this.seed, name, question.number(), body.length(),
				(question.number() < 0) ? request.index() : 0);
		if (this.healed) {
			return healthy;
		}
		if (fails(name, dice)) {
			Fault fault = dice.any(faults(name, body.contains(question.beginning())));
			this.faults.computeIfAbsent(fault, (key) -> new LongAdder()).increment();
			return fault.strike(healthy, dice);
		}
		if (name.equals(SICK)) {
			return Outcome.redirect(this.simulators.get(ELSEWHERE).url() + "/chat/completions");
		}
		return Fault.variation(healthy, dice);
	}

	private static Outcome right(Question question, String body) {
		boolean toolIsDue = question.kind() == Question.Kind.TOOL && !body.contains(question.toolResult());
		return toolIsDue ? Outcome.answer(Answer.toolCalls(ToolCall.of(Question.TOOL, question.toolArguments())))
				: Outcome.healthy();
	}

	private static boolean fails(String name, Dice dice) {
		return switch (name) {
			case SICK -> !dice.oneIn(30);
			case NARROW -> dice.oneIn(4);
			case WIDE, HEALTHY, ELSEWHERE -> false;
			default -> dice.oneIn(2);
		};
	}

	/**
	 * A model that has nothing to add to a whole sentence says that the answer is whole,
	 * which is no fault.
	 */
	private static List<Fault> faults(String name, boolean continues) {
		return Stream.of(Fault.values())
			.filter((fault) -> fault.ends() || !name.equals(NARROW))
			.filter((fault) -> fault != Fault.EMPTY || !continues)
			.toList();
	}

	/** From now on each provider answers rightly, at once. */
	void heal() {
		this.healed = true;
		this.simulators.values().forEach(ProviderSimulator::thaw);
		this.simulators.values().forEach(ProviderSimulator::acceptConnections);
	}

	/** From now on providers fail again. */
	void sicken() {
		this.healed = false;
	}

	ProviderSimulator get(String name) {
		return this.simulators.get(name);
	}

	/** Those that may be disturbed, as no call depends on them. */
	List<ProviderSimulator> expendable() {
		return Stream.concat(Stream.of(SICK), FRAIL.stream()).map(this.simulators::get).toList();
	}

	long openConnections() {
		return this.simulators.values().stream().mapToLong(ProviderSimulator::openConnections).sum();
	}

	long requests() {
		return this.simulators.values().stream().mapToLong(ProviderSimulator::requestCount).sum();
	}

	Map<Fault, LongAdder> faults() {
		return new TreeMap<>(this.faults);
	}

	/** Forgets what was asked; recorded requests take memory. */
	void forget() {
		this.simulators.values().forEach(ProviderSimulator::clear);
	}

	@Override
	public void close() {
		this.simulators.values().forEach(ProviderSimulator::close);
	}

}
