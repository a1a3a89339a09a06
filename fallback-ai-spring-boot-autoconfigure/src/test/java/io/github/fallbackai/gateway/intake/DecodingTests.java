// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.gateway.intake.RefusedBodyException.Reason;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In which order large bodies are decoded, and for how long they wait.
 */
class DecodingTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final Decoding decoding = new Decoding(1);

	private final CountDownLatch busy = new CountDownLatch(1);

	private final List<Integer> decoded = Collections.synchronizedList(new ArrayList<>());

	@Test
	void theSmallerOfThoseThatWaitComesFirst() throws Exception {
		occupy();
		List<CompletableFuture<Integer>> waiting = new ArrayList<>();
		for (int size : new int[] { 900_000, 100_000, 500_000, 100_000 }) {
			waiting.add(inTurn(size, LONG).toFuture());
		}
		this.busy.countDown();
		for (CompletableFuture<Integer> one : waiting) {
			one.get(LONG.toSeconds(), TimeUnit.SECONDS);
		}
		assertThat(this.decoded).containsExactly(100_000, 100_000, 500_000, 900_000);
	}

	@Test
	void oneThatWaitsForTooLongIsRefused() {
		occupy();
		StepVerifier.create(inTurn(100_000, Duration.ofMillis(10)))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(RefusedBodyException.class,
					(refused) -> assertThat(refused.reason()).isEqualTo(Reason.FULL)));
		this.busy.countDown();
	}

	@Test
	void oneWhoseClientLeavesDoesNotWait() throws Exception {
		occupy();
		Disposable left = inTurn(100_000, LONG).subscribe();
		CompletableFuture<Integer> last = inTurn(200_000, LONG).toFuture();
		left.dispose();
		this.busy.countDown();
		last.get(LONG.toSeconds(), TimeUnit.SECONDS);
		assertThat(this.decoded).containsExactly(200_000);
	}

	@Test
	void whatTheDecoderThrowsReachesTheClient() {
		StepVerifier.create(this.decoding.inTurn(body(100_000), LONG, (bytes) -> {
			throw new IllegalStateException("no");
		})).verifyErrorMessage("no");
	}

	private void occupy() {
		CountDownLatch begun = new CountDownLatch(1);
		this.decoding.inTurn(body(1), LONG, (bytes) -> {
			begun.countDown();
			return await(this.busy);
		}).subscribe();
		await(begun);
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private Mono<Integer> inTurn(int size, Duration patience) {
		return this.decoding.inTurn(body(size), patience, (bytes) -> {
			this.decoded.add(size);
			return size;
		});
	}

	private static Body body(int size) {
		Seat seat = new Room(10_000_000).seat("client");
		byte[] blanks = " ".repeat(size).getBytes(StandardCharsets.US_ASCII);
		return BodyReader
			.read(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(blanks)), size, seat,
					BodyLimits.of(size, LONG), Schedulers.parallel())
			.block();
	}

}
