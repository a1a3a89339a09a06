// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.verdict.Verdict.Result;

/**
 * Lets a provider fail in every way, asks a service of the application each time, and
 * tells what became of it. If the service streams, the provider is cut after every token,
 * too. Immutable; every method but {@link #run} returns a copy.
 */
public final class FaultCatalogue {

	private final ProviderSimulator provider;

	private final Runnable before;

	private final Duration timeout;

	private final BiPredicate<String, String> accept;

	private final List<NamedFault> more;

	private FaultCatalogue(ProviderSimulator provider, Runnable before, Duration timeout,
			BiPredicate<String, String> accept, List<NamedFault> more) {
		this.provider = provider;
		this.before = before;
		this.timeout = timeout;
		this.accept = accept;
		this.more = more;
	}

	/**
	 * Begins with a provider that fails.
	 * @param provider the one that the application asks first. What its script was is
	 * forgotten
	 * @return the catalogue
	 */
	public static FaultCatalogue of(ProviderSimulator provider) {
		return new FaultCatalogue(provider, () -> {
		}, Duration.ofMinutes(1), (question, answer) -> true, List.of());
	}

	/**
	 * Sets what is done before each question. A breaker that opened, or a cool-down,
	 * would keep the next fault from being met: {@code control.reset("primary").block()}
	 * clears both.
	 * @param before the action; none unless set
	 * @return a copy with that action
	 */
	public FaultCatalogue before(Runnable before) {
		return new FaultCatalogue(this.provider, before, this.timeout, this.accept, this.more);
	}

	/**
	 * Sets how long each answer may take.
	 * @param timeout the time; default one minute
	 * @return a copy with that time
	 */
	public FaultCatalogue timeout(Duration timeout) {
		return new FaultCatalogue(this.provider, this.before, timeout, this.accept, this.more);
	}

	/**
	 * Sets which answers are good. One without text never is, and neither is one that
	 * breaks off: the beginning of what the provider would have said, and no more. If the
	 * service shortens answers without a fault, too, only this check can tell.
	 * @param accept gets the question and the answer; all others are good unless set
	 * @return a copy with that check
	 */
	public FaultCatalogue accept(BiPredicate<String, String> accept) {
		return new FaultCatalogue(this.provider, this.before, this.timeout, accept, this.more);
	}

	/**
	 * Adds a fault.
	 * @param name its name in the table
	 * @param outcome what happens to requests
	 * @return a copy with that fault
	 */
	public FaultCatalogue and(String name, Outcome outcome) {
		List<NamedFault> faults = new ArrayList<>(this.more);
		faults.add(NamedFault.of(name, outcome));
		return new FaultCatalogue(this.provider, this.before, this.timeout, this.accept, List.copyOf(faults));
	}

	/**
	 * Asks a service under each fault, once while there is none. Afterwards the provider
	 * is healthy.
	 * @param service what the application offers: answers a question. It is called on a
	 * thread of its own, which is interrupted when the time is over
	 * @return the verdicts
	 */
	public Verdicts run(Service service) {
		List<Verdict> verdicts = new ArrayList<>();
		AtomicReference<String> said = new AtomicReference<>();
		verdicts.add(judge(NamedFault.NONE, (question) -> {
			String answer = service.answer(question);
			said.set(answer);
			return answer;
		}, (question, answer) -> false));
		String healthy = Objects.requireNonNullElse(said.get(), "");
		// A service that returns the first sentence, say, does so without a fault, too.
		boolean shortens = !healthy.isBlank() && breaksOff(NamedFault.NONE.question(), healthy);
		BiPredicate<String, String> breaksOff = (question, answer) -> !shortens
				&& (breaksOff(question, answer) || isPart(answer, healthy));
		boolean stream = this.provider.requests().stream().anyMatch(RecordedRequest::isStream);
		List<NamedFault> faults = new ArrayList<>(NamedFault.all(stream, healthy));
		faults.addAll(this.more);
		faults.forEach((fault) -> verdicts.add(judge(fault, service, breaksOff)));
		return new Verdicts(verdicts);
	}

	private Verdict judge(NamedFault fault, Service service, BiPredicate<String, String> breaksOff) {
		this.before.run();
		this.provider.clear();
		fault.strike().accept(this.provider);
		long begin = System.nanoTime();
		try {
			String reason = failure(fault.question(), service, breaksOff);
			Duration duration = Duration.ofNanos(System.nanoTime() - begin);
			if (fault.recorded() && this.provider.requestCount() == 0) {
				return new Verdict(fault.name(), Result.NOT_REACHED,
						"The provider was not asked. If its breaker is open, reset it in before(...). " + reason,
						duration);
			}
			return new Verdict(fault.name(), reason.isEmpty() ? Result.SURVIVED : Result.FAILED, reason, duration);
		}
		finally {
			this.provider.acceptConnections();
			this.provider.always(Outcome.healthy());
		}
	}

	/** Empty if there is none. */
	private String failure(String question, Service service, BiPredicate<String, String> breaksOff) {
		try {
			String answer = within(() -> service.answer(question));
			if (answer == null || answer.isBlank()) {
				return "no text";
			}
			if (breaksOff.test(question, answer)) {
				return "breaks off: " + answer;
			}
			return this.accept.test(question, answer) ? "" : "not accepted: " + answer;
		}
		catch (TimeoutException ex) {
			return "no answer within " + this.timeout;
		}
		catch (ExecutionException ex) {
			return String.valueOf(ex.getCause());
		}
	}

	/** A service may ask the provider something else than it is asked. */
	private boolean breaksOff(String question, String answer) {
		return isPart(answer, this.provider.answerTo(question)) || this.provider.requests()
			.stream()
			.anyMatch((request) -> isPart(answer, this.provider.answerTo(request.lastUserMessage())));
	}

	private static boolean isPart(String answer, String whole) {
		String said = answer.strip();
		return said.length() < whole.strip().length() && whole.strip().startsWith(said);
	}

	private String within(Callable<String> answer) throws TimeoutException, ExecutionException {
		FutureTask<String> task = new FutureTask<>(answer);
		Thread thread = new Thread(task, "fault-catalogue");
		thread.setDaemon(true);
		thread.start();
		try {
			return task.get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while waiting for an answer", ex);
		}
		finally {
			task.cancel(true);
		}
	}

	/**
	 * A service of the application.
	 */
	@FunctionalInterface
	public interface Service {

		/**
		 * Answers a question.
		 * @param question the question
		 * @return the answer
		 * @throws Exception if there is none
		 */
		String answer(String question) throws Exception;

	}

}
