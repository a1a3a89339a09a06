// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How the consumer of an answer behaves.
 */
enum Consumer {

	/** Takes everything as it comes. */
	PATIENT {
		@Override
		<T> Flux<T> consume(Flux<T> answer, Dice dice) {
			return answer;
		}
	},

	/** Takes one piece after the other, and thinks in between. */
	SLOW {
		@Override
		<T> Flux<T> consume(Flux<T> answer, Dice dice) {
			Duration pause = dice.millis(1, 15);
			return answer.limitRate(1).concatMap((piece) -> Mono.delay(pause).thenReturn(piece), 1);
		}
	},

	/** Leaves at a moment of its own, in the middle of whatever happens. */
	LEAVES {
		@Override
		<T> Flux<T> consume(Flux<T> answer, Dice dice) {
			Duration stay = Duration.ofNanos(dice.oneIn(3) ? dice.below(3_000_000) : dice.below(500_000_000));
			return answer.takeUntilOther(Mono.delay(stay)).concatWith(Mono.error(new LeftException()));
		}
	},

	/** Leaves when it has so many pieces, within the signal that brings the last one. */
	LEAVES_AFTER {
		@Override
		<T> Flux<T> consume(Flux<T> answer, Dice dice) {
			return answer.take(1 + dice.below(12)).concatWith(Mono.error(new LeftException()));
		}
	},

	/** Takes a piece and then no more, but does not leave. */
	STALLS {
		@Override
		<T> Flux<T> consume(Flux<T> answer, Dice dice) {
			Duration atLast = SoakProperties.CONSUMER_STALL.multipliedBy(3);
			return answer.limitRate(1)
				.concatMap((piece) -> Mono.just(piece).concatWith(Mono.never()), 1)
				.takeUntilOther(Mono.delay(atLast))
				.concatWith(Mono.error(new LeftException()));
		}
	};

	/**
	 * Consumes an answer.
	 * @return what the consumer saw of it; ends with a {@link LeftException} if it left
	 */
	abstract <T> Flux<T> consume(Flux<T> answer, Dice dice);

	/** Whether the answer's end reaches the consumer. */
	boolean stays() {
		return this == PATIENT || this == SLOW;
	}

	static Consumer any(Dice dice, boolean mayStall) {
		return switch (dice.below(20)) {
			case 0, 1, 2 -> LEAVES;
			case 3, 4 -> LEAVES_AFTER;
			case 5, 6 -> SLOW;
			case 7 -> (mayStall && dice.oneIn(10)) ? STALLS : PATIENT;
			default -> PATIENT;
		};
	}

	/**
	 * The consumer left before the end, or just when it came.
	 */
	static final class LeftException extends RuntimeException {

		LeftException() {
			super("left", null, false, false);
		}

	}

}
