// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls of every form at all applications, many at a time.
 */
final class Traffic implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Traffic.class);

	private static final CallForm[] FORMS = CallForm.values();

	private static final Duration NEWS = Duration.ofMinutes(1);

	/** Enough for each form, however slow the machine is. */
	private static final int FEW = 300;

	private final SoakSettings settings;

	private final Findings findings;

	private final List<DirectCalls> direct;

	private final List<GatewayCalls> gateways;

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicLong ended = new AtomicLong();

	private final Map<CallForm, Map<String, LongAdder>> ends = new ConcurrentHashMap<>();

	Traffic(SoakSettings settings, Findings findings, List<SoakApplication> applications) {
		this.settings = settings;
		this.findings = findings;
		this.direct = applications.stream().map((each) -> new DirectCalls(each.template())).toList();
		this.gateways = applications.stream().map((each) -> new GatewayCalls(each.port())).toList();
	}

	/**
	 * Makes calls for so long, but a few at least and so many at most, and waits for all
	 * to end.
	 */
	void run(Duration duration, long calls) {
		long until = System.nanoTime() + duration.toNanos();
		long least = this.numbers.get() + FEW;
		long last = (calls < Long.MAX_VALUE) ? this.numbers.get() + calls : Long.MAX_VALUE;
		AtomicLong nextNews = new AtomicLong(System.nanoTime() + NEWS.toNanos());
		Flux.<Long>generate((sink) -> {
			long number = this.numbers.get();
			if (number >= last || (number >= least && System.nanoTime() > until)) {
				sink.complete();
			}
			else {
				sink.next(this.numbers.getAndIncrement());
			}
		})
			.flatMap((number) -> call(number, until - System.nanoTime()), this.settings.concurrency(), 1)
			.doOnNext((verdict) -> tellNow(nextNews))
			.blockLast();
	}

	private Mono<Judge.Verdict> call(long number, long remainingNanos) {
		Dice dice = Dice.of(this.settings.seed(), "call", number);
		CallForm form = FORMS[dice.below(FORMS.length)];
		Question.Kind kind = form.wantsTools() ? Question.Kind.TOOL
				: dice.oneIn(25) ? Question.Kind.LONG : Question.Kind.SHORT;
		Question question = new Question(number, kind);
		int application = dice.below(this.direct.size());
		// The end of a run does not wait for consumers that stall.
		boolean mayStall = form.streams() && remainingNanos > SoakProperties.CONSUMER_STALL.toNanos();
		Consumer consumer = Consumer.any(dice, mayStall);
		Flux<Piece> answer = form.ofGateway() ? this.gateways.get(application).call(form, question, dice)
				: this.direct.get(application).call(form, question, dice);
		return new Judge(form, question, consumer).judge(consumer.consume(answer, dice)).doOnNext(this::record);
	}

	private void record(Judge.Verdict verdict) {
		this.ended.incrementAndGet();
		this.ends.computeIfAbsent(verdict.form(), (form) -> new ConcurrentHashMap<>())
			.computeIfAbsent(verdict.end(), (end) -> new LongAdder())
			.increment();
		if (!verdict.finding().isEmpty()) {
			this.findings.add(verdict.finding());
		}
	}

	private void tellNow(AtomicLong nextNews) {
		long now = System.nanoTime();
		long due = nextNews.get();
		if (now > due && nextNews.compareAndSet(due, now + NEWS.toNanos())) {
			logger.info("{} calls, {} findings", this.ended, this.findings.count());
		}
	}

	long begun() {
		return this.numbers.get();
	}

	long ended() {
		return this.ended.get();
	}

	GatewayCalls gateway(int application) {
		return this.gateways.get(application);
	}

	/** Calls that the template of an application was asked for directly. */
	long direct(int application) {
		return this.direct.get(application).begun();
	}

	Map<CallForm, Map<String, LongAdder>> ends() {
		return new TreeMap<>(this.ends);
	}

	@Override
	public void close() {
		this.gateways.forEach(GatewayCalls::close);
	}

}
